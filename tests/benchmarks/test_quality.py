"""What benchmarks/reading.py counts, on texts of our own."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality import cost, kept, rules
from benchmarks.quality.corpora import Case, CorporaMissing, Gold, by, load
from benchmarks.quality.parts import PARTS, Stopwatches
from benchmarks.quality.score import Mark, Reading, fold_title, mark, summary, tokens
from benchmarks.quality.tables import print_results
from benchmarks.quality.targets import judge
from benchmarks.quality.worker import read_one

TEXT = "The rector met the guests in the great hall."
WORDS = "The rector of the university met guests from three countries in the great hall and spoke of student exchange. "


def page(number: int = 0) -> bytes:
    return f"<html lang=en><h1>A visit of {number} days to the capital</h1><p>{WORDS * 5}</p></html>".encode()


def case(number: int = 0, **changes: Any) -> Case:
    known = {"corpus": "own", "id": str(number), "url": f"https://www.example.org/{number}", "language": "en"}
    return Case(**{**known, "publisher": None, "body": page(number), "gold": Gold(WORDS * 5), **changes})


@pytest.mark.parametrize(
    ("text", "count"),
    [("two words", 2), ("中文 text", 3), ("می‌شود", 1), ("co\u00adoperate", 1), ("ไทย", 3), ("", 0)],
    ids=["latin", "han", "joiner", "soft-hyphen", "thai", "empty"],
)
def test_a_token_is_a_word_or_one_sign_of_a_script_without_spaces(text: str, count: int) -> None:
    assert len(tokens(text)) == count


def test_text_is_compared_by_shingles_of_four() -> None:
    got = mark(Gold("a b c d e f"), Reading("a b c d x"))
    assert (got.precision, got.recall, got.empty) == (1 / 2, 1 / 3, False)
    assert mark(Gold("a b c d a b c d"), Reading("a b c d")).recall == 1 / 5
    assert mark(Gold(TEXT), Reading("")) == Mark(0.0, 0.0, True)
    assert mark(Gold("two words"), Reading("two words")).recall == 1


def test_a_paragraph_that_may_be_left_out_costs_nobody() -> None:
    gold = Gold("all of it", paragraphs=((TEXT, False), ("By our own reporter in the capital", True)))
    assert mark(gold, Reading(TEXT)).recall == 1
    both = mark(gold, Reading(TEXT + " By our own reporter in the capital"))
    assert (both.precision, both.recall) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“A visit” – today", '"a  visit" - Today', True),
        ("A &amp; B", "A & B", True),
        ("علي", "علی", True),
        ("A visit", "A visit | University", False),
        (None, "A visit", False),
    ],
    ids=["quotes", "entity", "yeh", "suffix", "none"],
)
def test_a_title_is_the_same_but_for_its_signs(one: str | None, other: str, same: bool) -> None:
    assert (fold_title(one) == fold_title(other)) is same


def test_a_wrong_date_is_not_none() -> None:
    gold = Gold(date="2024-03-05T10:00")
    assert [mark(gold, Reading(date=day)).date for day in ("2024-03-05", "2024-03-06", None)] == [
        "right",
        "wrong",
        "none",
    ]


def test_means_are_over_pages_and_an_empty_text_has_no_precision() -> None:
    marks = [Mark(1.0, 0.5), Mark(0.0, 0.0, empty=True), Mark(title=True, date="wrong")]
    got = summary(marks)
    assert (got["pages"], got["texts"], got["precision"], got["recall"], got["empty"]) == (3, 2, 1.0, 0.25, 0.5)
    assert got["f1"] == pytest.approx(0.4)
    assert (got["title"], got["date_wrong"], got["date_none"]) == (1.0, 1.0, 0.0)
    assert summary([Mark()])["f1"] is None


def test_a_corpus_is_a_manifest_and_its_pages(tmp_path: Path) -> None:
    with pytest.raises(CorporaMissing, match=r"manifest\.jsonl"):
        load(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "1.html.gz").write_bytes(gzip.compress(page()))
    row = {"id": "1", "url": None, "html": "1.html.gz", "gold": {"text": TEXT, "paras": [[TEXT, 0]]}}
    lines = [{**row, "id": str(number), "language": "tg"} for number in range(9)] + [{**row, "bad_html": True}]
    (tmp_path / "own" / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)))
    cases = load(tmp_path)
    assert len(cases) == 9
    assert cases[0] == Case("own", "0", None, "tg", None, page(), Gold(TEXT, paragraphs=((TEXT, False),)))
    quick = load(tmp_path, quick=True)
    assert len(quick) == 3
    assert quick == load(tmp_path, quick=True)
    assert by(quick, "language") == {"tg": [0, 1, 2]}


def test_an_engine_that_fails_has_read_nothing() -> None:
    def fails(body: bytes, url: str | None) -> dict[str, str | None]:
        raise LookupError("no such charset")

    found = read_one(fails, b"", None)
    assert found["error"] == "LookupError: no such charset"
    assert "text" not in found
    assert found["cpu_ms"] >= 0


def test_every_part_of_the_reader_has_its_stopwatch() -> None:
    import scraper.reading.reader

    watches, original = Stopwatches(), scraper.reading.reader.extract_body
    with watches.on():
        scraper.reading.reader.read_page(scraper.reading.Page("http://a.example/", page(), None, rules.FETCHED_AT))
    assert watches.seconds.keys() == {*PARTS, "other"}
    assert scraper.reading.reader.extract_body is original


def test_what_is_measured_is_told_beside_its_target(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case(number) for number in range(3)]
    ruled = {"1": scraper_rules()}
    results: dict[str, Any] = {
        "about": {"pages": 3, "python": "3", "processors": 1, "versions": {}, "quick": False},
        "rules": rules.compare(cases, ruled),
        "cost": cost.compare(cases, ruled, 1),
    }
    assert results["rules"]["rules"]["all"]["texts"] == 1
    assert results["rules"]["rules"]["all"]["f1"] > 0.9
    names = [name for name, *_ in judge(results)]
    assert names[0] == "text F1 with a source's selectors"
    assert "CPU of trafilatura's, elchi by rules, median page" in names
    assert names[-1] == "CPU of the slowest language, en, of the mean"
    print_results(results)
    out = capsys.readouterr().out
    assert "elchi, by rules" in out
    assert "its texts here are flattering" in " ".join(out.split())
    assert "met" in out


def scraper_rules() -> Any:
    from scraper.reading import Rules, Selectors

    return Rules(selectors=Selectors(title="h1", body="p"))


def test_the_catalogue_of_the_benchmarks_is_right() -> None:
    from spiders.catalogue import load_catalogue

    sources = load_catalogue([rules.CATALOGUE])
    assert all(source.selectors.body for source in sources.values())


def test_what_a_peer_read_is_kept_for_the_same_pages_and_versions_alone(tmp_path: Path) -> None:
    def named(*changes: Any) -> Path:
        cases, versions = changes or ([case()], {"trafilatura": "2"})
        return kept.file_of("trafilatura, favor_precision", cases, versions, tmp_path)

    assert named() == named()
    assert named().name.startswith("trafilatura-favor-precision-")
    assert len({named(), named([case(1)], {"trafilatura": "2"}), named([case()], {"trafilatura": "3"})}) == 3


def test_a_line_that_was_cut_off_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "read.jsonl"
    assert kept.whole_lines(file) == 0
    file.write_bytes(b'{"text": "one"}\n{"text": "two"}\n{"te')
    assert kept.whole_lines(file) == 2
    assert file.read_bytes().endswith(b'"two"}\n')
