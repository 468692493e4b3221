"""The commands on a small archive, as a person and as a script use them."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

import elchi
from storage.database import Database
from storage.errors import ArticleUnknown, RunUnknown
from tests.crawl.command import ROOT, Elchi
from tests.storage.search.archive import Archive, News

PERSIAN = "رئیس دانشگاه در دیدار با هیئت تاجیکستان گفت که تفاهم‌نامه‌ای برای تبادل استاد امضا می‌شود."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Elchi:
    home = tmp_path_factory.mktemp("archive")
    with Database(f"sqlite:///{home}/elchi.sqlite") as database:
        database.migrate()
        Archive(database).save(
            News(PERSIAN, "دیدار با هیئت تاجیکستان", "fa", date(2024, 8, 19), ("ir-tabib", "tj-donishgoh")),
            News("=1+1 is how the joint programme began.", "A joint programme", "en", date(2025, 1, 2)),
            News("The department of surgery works with four clinics.", "Surgery", "en", None, kind="page"),
        )
    return Elchi(home, ROOT / "tests" / "sample_web" / "catalogue")


def test_search_shows_what_a_person_needs(archive: Elchi) -> None:
    done = archive.run("search", "تفاهم نامه")
    assert done.code == 0, done
    assert "دیدار با هیئت تاجیکستان" in done.out
    assert "2024-08-19" in done.out
    assert "1 copy" in done.out
    assert "1 to 1 of 1 found." in done.out
    assert "\x1b[" not in done.out, "no colours where there is no terminal"


def test_search_in_json_says_where_the_words_are(archive: Elchi) -> None:
    done = archive.run("search", "تفاهم‌نامه", "--json")
    found = json.loads(done.out)
    start, end = found["snippet"]["ranges"][0]
    assert found["snippet"]["text"][start:end].startswith("تفاهم‌نامه")
    assert found["published_on"] == "2024-08-19"


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["--lang", "fa"], ["دیدار با هیئت تاجیکستان"]),
        (["--country", "tj"], ["دیدار با هیئت تاجیکستان"]),
        (["--kind", "page"], ["Surgery"]),
        (["--since", "2024-09-01"], ["A joint programme"]),
        (["--until", "2024-12-31"], ["دیدار با هیئت تاجیکستان"]),
        (["--newest"], ["A joint programme", "دیدار با هیئت تاجیکستان", "Surgery"]),
        (["joint programme"], ["A joint programme"]),
    ],
)
def test_filters(archive: Elchi, words: list[str], titles: list[str]) -> None:
    done = archive.run("search", *words, "--json")
    assert [json.loads(line)["title"] for line in done.out.splitlines()] == titles


def test_nothing_found_says_what_to_try(archive: Elchi) -> None:
    done = archive.run("search", "zeppelin")
    assert done.code == 1
    assert "Try" in done.out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["search", '"open'], 2, "not closed"),
        (["search", "x", "--since", "yesterday"], 2, "yesterday"),
        (["show", "77"], 2, "no article 77"),
        (["show", "http://nowhere.example/x"], 2, "elchi search"),
        (["runs", "show", "9"], 2, "no run 9"),
        (["runs", "show"], 2, "no run yet"),
        (["runs", "sources", "tabib"], 2, "has asked tabib"),
        (["runs", "--json", "show"], 2, "behind show"),
        (["show", "capture:77"], 2, "no capture 77"),
        (["crawl", "davolsh"], 2, "davolash"),
        (["crawl", "--catalogue", "/nowhere"], 2, "/nowhere"),
        (["sources", "--check", "--catalogue", "/nowhere"], 2, "/nowhere"),
        (["read", "/nowhere.html"], 1, "No such file"),
        (["read", "https://www.unistra.fr/"], 2, "ELCHI_CONTACT"),
    ],
)
def test_a_mistake_is_told_how_to_mend(archive: Elchi, words: list[str], code: int, sentence: str) -> None:
    done = archive.run(*words)
    assert done.code == code, done
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_a_bad_setting_is_told_how_to_mend(archive: Elchi) -> None:
    done = archive.with_settings(ELCHI_READERS="many").run("search", "x")
    assert (done.code, done.err) == (
        2,
        "elchi: ELCHI_READERS must be a number, such as 2; it is 'many'.\n".replace("as 2", "as " + _default(done.err)),
    )


def _default(sentence: str) -> str:
    return sentence.partition("such as ")[2].partition(";")[0]


def test_the_real_web_is_not_asked_by_nobody(archive: Elchi) -> None:
    done = archive.with_settings(ELCHI_CATALOGUE="shipped").run("crawl", "manas")
    assert done.code == 2
    assert "ELCHI_CONTACT" in done.err


def test_show_proves_what_it_says(archive: Elchi) -> None:
    done = archive.run("show", "1")
    assert PERSIAN in done.out.replace("\n", " ").replace("  ", " ")
    assert "test.warc.gz at byte" in done.out
    record = json.loads(archive.run("show", "1", "--json").out)
    assert record["text"] == PERSIAN
    assert record["copies"][0]["source"] == "tj-donishgoh"
    assert json.loads(archive.run("show", record["copies"][0]["url"], "--json").out)["id"] == 1


def test_export_as_json_lines_is_what_show_gives(archive: Elchi, tmp_path: Path) -> None:
    done = archive.run("export", "--output", str(tmp_path / "out.jsonl"))
    assert "3 articles written" in done.err
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    assert records[1] == json.loads(archive.run("show", "1", "--json").out)
    assert set(records) == {1, 2, 3}


def test_export_as_csv_opens_in_a_spreadsheet_and_runs_nothing(archive: Elchi) -> None:
    done = archive.run("export", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(done.out))}
    assert rows["1"]["text"] == PERSIAN
    assert rows["2"]["text"].startswith("'=1+1")
    assert rows["3"]["published_date"] == ""


def test_export_of_a_search(archive: Elchi) -> None:
    done = archive.run("export", "programme")
    assert [json.loads(line)["title"] for line in done.out.splitlines()] == ["A joint programme"]


def test_sources_are_listed(archive: Elchi) -> None:
    rows = [json.loads(line) for line in archive.run("sources", "--json").out.splitlines()]
    assert {"tabib", "davolash"} <= {row["source"] for row in rows}
    assert "davolash" in archive.run("sources", "davolash").out
    assert "11 catalogue files, all right." in archive.run("sources", "--check").out


def test_read_of_several_files_gives_json_lines_in_order(archive: Elchi, tmp_path: Path) -> None:
    for number in (1, 2):
        page = f"<html lang=en><h1>Visit number {number} of the delegation</h1><p>{'The rector met the guests in the hall. ' * 20}</p>"
        (tmp_path / f"{number}.html").write_text(page)
    done = archive.run("read", str(tmp_path / "1.html"), str(tmp_path / "missing.html"), str(tmp_path / "2.html"))
    one, missing, two = map(json.loads, done.out.splitlines())
    assert (one["title"], two["title"]) == ("Visit number 1 of the delegation", "Visit number 2 of the delegation")
    assert "error" in missing
    assert done.code == 1
    wanted = {"url", "kind", "title", "text", "language", "published", "modified", "links"}
    assert wanted <= set(one)


def test_a_reader_of_our_output_may_leave(archive: Elchi) -> None:
    process = archive.start("export")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)


def test_the_library_serves_python_too(archive: Elchi) -> None:
    with elchi.open_library(archive.home) as library:
        assert [found.title for found in library.search("programme", language="en")] == ["A joint programme"]
        assert library.article("2")["published"]["date"] == "2025-01-02"
        assert library.article_counts() == {"ir-tabib": 1, "tj-donishgoh": 1, "uz-sammu": 2}
        with pytest.raises(ArticleUnknown):
            library.article("12")
        with pytest.raises(RunUnknown):
            library.run(3)
