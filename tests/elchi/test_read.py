"""``elchi read`` on files, lists and pages that are no pages."""

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from elchi.list_repeats import list_repeats
from elchi.page_lists import Asked
from elchi.reading import Bounds, bound_readers, read_in_order
from scraper.reader_learning import learn_from
from scraper.reader_messages import LearnRequest, PageRequest, ReadAnswer
from scraper.reading import Page, Rules
from scraper.reading.repeats import MOST_PAGES
from tests.crawl.command import COMMAND, ROOT, Done, Elchi

KEYS = {
    "url",
    "kind",
    "title",
    "text",
    "markdown",
    "language",
    "published",
    "modified",
    "event",
    "byline",
    "countries",
    "links",
    "images",
    "charset",
    "why",
    "obstacle",
    "cpu_ms",
}
Save = Callable[[str], Path]


@pytest.fixture
def elchi(tmp_path: Path) -> Elchi:
    return Elchi(tmp_path / "home", ROOT / "tests" / "sample_web" / "catalogue")


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Save an article with this heading."""

    def write(heading: str, words: str = "The rector met the guests in the hall. " * 20) -> Path:
        path = tmp_path / f"{heading.replace(' ', '-')}.html"
        path.write_text(
            f'<html lang=en><meta property="article:published_time" content="2024-03-05T10:00:00+05:00">'
            f"<h1>{heading}</h1><p>{words}</p>"
        )
        return path

    return write


def rows(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def write_list(path: Path, *lines: object) -> str:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def test_a_list_gives_a_line_for_each_line_in_its_order(elchi: Elchi, save: Save, tmp_path: Path) -> None:
    heads = [f"A delegation came for the {number}th time" for number in range(4, 34)]
    named = [{"file": str(save(head)), "url": f"https://www.example.org/{head[-8:]}", "id": 7} for head in heads]
    listed = write_list(tmp_path / "list.jsonl", *named, {"file": str(tmp_path / "none.html")}, named[0])
    done = elchi.run("read", "--list", listed, "--jobs", "2")
    read = rows(done)
    assert [row.get("title") for row in read] == [*heads, None, heads[0]], done
    assert [row["url"] for row in read[:30]] == [row["url"] for row in named]
    assert read[30] == {
        "file": str(tmp_path / "none.html"),
        "error": "cannot be read: No such file or directory",
        "failure": "no page",
    }
    assert read[0].keys() >= KEYS
    assert read[0]["published"]["date"] == "2024-03-05"
    assert "2024-03-05" in read[0]["why"]["published"]
    assert read[0]["cpu_ms"] > 0
    assert done.code == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "line 2 of {} is no JSON"),
        ("[" * 100_000, "line 2 of {} is no JSON"),
        ("[1]", 'line 2 of {} names no "file"'),
        ({"url": "https://www.example.org/"}, 'line 2 of {} names no "file"'),
        ({"file": "a.html", "url": 3}, 'line 2 of {}: its "url" is no text'),
        ({"file": "a\0b"}, "cannot be read"),
    ],
    ids=["torn", "deep", "array", "no-file", "url", "nul"],
)
def test_a_bad_line_of_a_list_is_named_and_costs_no_other(
    elchi: Elchi, save: Save, tmp_path: Path, line: object, error: str
) -> None:
    good = {"file": str(save("A visit of three days to the capital"))}
    listed = write_list(tmp_path / "list.jsonl", good, line, "", good)
    done = elchi.run("read", "--list", listed)
    one, bad, two = rows(done)
    assert one["title"] == two["title"] == "A visit of three days to the capital"
    assert bad["error"].startswith(error.format(listed))
    assert bad["error"] in done.err
    assert done.code == 1


def test_a_list_comes_over_a_pipe_and_its_files_lie_in_the_current_folder(
    elchi: Elchi, save: Save, tmp_path: Path
) -> None:
    path = save("A visit of three days to the capital")
    done = subprocess.run(
        [*COMMAND, "read", "--list", "-"],
        cwd=tmp_path,
        env={**elchi.environment(), "PYTHONPATH": str(ROOT)},
        input=json.dumps({"file": path.name, "url": None}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["title"] == "A visit of three days to the capital", done.stderr
    assert row["url"] == path.as_uri()


@dataclass(frozen=True)
class Trap:
    """A page that calls a function in the reader that takes it up."""

    call: Callable[..., object]
    argument: float

    def __reduce__(self) -> tuple[Callable[..., object], tuple[float]]:
        return self.call, (self.argument,)


def test_a_page_that_takes_too_long_or_ends_its_reader_costs_no_other() -> None:
    good = PageRequest(
        Page("http://a.example/", b"<h1>A visit of three days to the capital</h1>", None, datetime.now(UTC))
    )
    hangs, dies = (PageRequest(cast("Page", trap)) for trap in (Trap(time.sleep, 60), Trap(os._exit, 9)))
    answers: dict[str, ReadAnswer] = {}
    asked = [("one", good), ("hangs", hangs), ("dies", dies), ("fault", "there is none"), ("two", good)]

    async def read() -> None:
        async with bound_readers(2, Bounds(6, 1000)) as bound:
            await read_in_order(asked, bound, answers.__setitem__)

    asyncio.run(read())
    assert list(answers) == ["one", "hangs", "dies", "fault", "two"]
    assert answers["one"].reading is not None
    assert answers["one"].reading == answers["two"].reading
    assert answers["hangs"].failure == ("reader timeout", "not read within 6 seconds (ELCHI_READER_SECONDS)")
    assert (answers["dies"].failure or ("",))[0] == "reader crashed"
    assert answers["fault"].failure == ("no page", "there is none")


def test_a_page_larger_than_a_crawl_takes_is_none(elchi: Elchi, save: Save, tmp_path: Path) -> None:
    good, large = save("A visit of three days to the capital"), tmp_path / "large.html"
    large.write_bytes(b"<p>" + b"x" * 3_100_000)
    done = elchi.with_settings(ELCHI_PAGE_MEGABYTES=3).run("read", str(large), str(good))
    big, one = rows(done)
    assert "3 MB (ELCHI_PAGE_MEGABYTES)" in big["error"]
    assert one["title"] == "A visit of three days to the capital"


def test_what_is_no_page_says_so(elchi: Elchi, tmp_path: Path) -> None:
    path = tmp_path / "missing.html"
    path.write_text("<title>404 | University</title><h1>Page not found</h1><p>Try the front page.</p>")
    (row,) = rows(elchi.run("read", str(path), "--json"))
    assert row["obstacle"]["failure"] == "soft 404"
    assert "page not found" in row["obstacle"]["evidence"]
    assert "no page  soft 404" in elchi.run("read", str(path)).out


def test_a_file_was_fetched_when_it_was_last_changed(elchi: Elchi, save: Save) -> None:
    path = save("A visit of three days to the capital")
    (later,) = rows(elchi.run("read", str(path), "--json"))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (before,) = rows(elchi.run("read", str(path), "--json"))
    assert later["published"]["date"] == "2024-03-05"
    assert before["published"] is None, "nobody can have read it in 2023"


def test_why_shows_the_evidence_beside_each_field(elchi: Elchi, save: Save) -> None:
    path = str(save("A visit of three days to the capital"))
    plain, told = elchi.run("read", path), elchi.run("read", path, "--why")
    assert plain.code == told.code == 0
    assert "because" not in plain.out
    lines = told.out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(" published  2024-03-05"))
    assert "because" in lines[at + 1]
    assert "2024-03-05T10:00:00+05:00" in lines[at + 1]


def test_a_terminal_is_not_commanded_by_a_page(elchi: Elchi, save: Save) -> None:
    path = save("A visit of three days", "The rector\x1b]0;owned\x07 met the guests in the hall. " * 20)
    out = elchi.run("read", str(path)).out
    assert "The rector" in out
    assert "\x1b" not in out
    assert "\x07" not in out


SHARED = "Subscribe to the letters of this university and hear of every visit, of every guest and of every treaty that it signs."
STORIES = (
    "The rector met a delegation of eleven physicists in the great hall and showed them the new laboratory of optics.",
    "A school of translation opened on Monday: forty students will learn how treaties are put into five languages.",
    "Two universities signed an agreement on the exchange of teachers, which begins with the autumn term of next year.",
)


@pytest.fixture
def site(tmp_path: Path) -> list[dict[str, str]]:
    """A list of three pages of a host, whose articles share a paragraph."""
    listed = []
    for number, story in enumerate(STORIES):
        path = tmp_path / f"{number}.html"
        paragraphs = f"<p>{story}</p><p>{story[::-1]}</p><p>{SHARED}</p><p>{number} {story.upper()}</p>"
        path.write_text(f"<html lang=en><h1>Visit number {number} to the capital</h1><article>{paragraphs}</article>")
        listed.append({"file": str(path), "url": f"https://www.uni.example/news/{number}"})
    return listed


def texts(elchi: Elchi, *words: str) -> list[str]:
    done = elchi.run("read", "--list", *words)
    assert done.code == 0, done
    return [row["text"] for row in rows(done)]


def test_what_the_pages_of_a_host_repeat_is_learned_from_a_list(
    elchi: Elchi, site: list[dict[str, str]], tmp_path: Path
) -> None:
    listed = write_list(tmp_path / "list.jsonl", *site)
    alone, learned = texts(elchi, listed, "--alone"), texts(elchi, listed)
    assert all(SHARED in text for text in alone)
    assert not any(SHARED in text for text in learned)
    assert all(story in text for story, text in zip(STORIES, learned, strict=True))


def test_one_page_under_three_addresses_repeats_nothing(site: list[dict[str, str]]) -> None:
    url = site[0]["url"]
    same = [url, f"{url}/?utm_source=mail", url.replace("https://www.", "http://")]
    with list_repeats() as learned:
        assert learned.add(Asked({}, site[0]["file"], each) for each in same) == []
    file = Path(site[0]["file"])
    assert learn_from(LearnRequest(tuple((file, None, f"{url}?list={number}") for number in range(3)), Rules())) is None
    others = tuple((Path(each["file"]), None, each["url"]) for each in site)
    assert learn_from(LearnRequest(others, Rules())) is not None


def test_a_host_of_many_pages_is_learned_from_some_of_the_whole_list() -> None:
    pages = [Asked({}, f"{number}.html", f"https://uni.example/{number}") for number in range(100)]
    with list_repeats() as learned:
        others = [
            Asked({}, "a.html", None),
            Asked({}, "b.html", "https://rare.example/"),
            Asked({"line": 3}, fault="no JSON"),
        ]
        assert learned.add([*pages, *others, *pages]) == ["uni.example"]
        sample = learned.sample("uni.example")
    assert len({url for _, url in sample}) == MOST_PAGES
    assert sample[0] == (Path("0.html").absolute(), "https://uni.example/0")
    assert sample[-1][1] == "https://uni.example/97"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "name files or addresses, or a list"),
        (["a.html", "--list", "b.jsonl"], "name files or addresses, or a list"),
        (["a.html", "b.html", "--url", "https://www.example.org/"], "--url is the address of one file"),
        (["--list", "/nowhere.jsonl"], "/nowhere.jsonl cannot be read: No such file"),
        (["a.html", "--jobs", "0"], "--jobs"),
        (["a.html", "--source", "davolsh"], "davolash"),
    ],
    ids=["nothing", "both", "url", "list", "jobs", "source"],
)
def test_what_was_typed_wrong_is_told(elchi: Elchi, words: list[str], sentence: str) -> None:
    done = elchi.run("read", *words)
    assert done.code == 2
    assert sentence in " ".join(done.err.split())
