from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scraper.reading.repeats import Repeats, key, learn
from storage import repeats
from storage.models import SiteRepeats
from storage.records import article_record, find_article
from storage.repeats import KnownRepeats, Sample, latest_samples, newest_repeats, repeats_to_read_with, save_repeats
from storage.sources import find_source
from tests.storage.saving import NOON, SITE, Saving, reading_of, words

HOST = "uni.example"
MENU = dict.fromkeys(range(1 << 62, (1 << 62) + 50), 20)
ARTICLE_LINES = {1: 3, 2: 2}


def keep(
    saving: Saving,
    lines: Mapping[int, int],
    host: str = HOST,
    source: str = "uni",
    pages: int = 20,
    samples: Sequence[Sample] = (),
) -> KnownRepeats:
    number = saving.source(source)
    return saving.write(
        lambda session: save_repeats(session, number, host, pages=pages, lines=lines, samples=samples, now=NOON)
    )


def newest(saving: Saving, source: str = "uni") -> dict[str, KnownRepeats]:
    with saving.database.read() as session:
        return newest_repeats(session, saving.sources[source])


def samples_of(saving: Saving, source: str = "uni") -> list[Sample]:
    with saving.database.read() as session:
        return latest_samples(session, saving.sources[source])


def test_nothing_is_known_of_a_new_source(saving: Saving) -> None:
    saving.source()
    assert newest(saving) == {}
    assert samples_of(saving) == []
    with saving.database.read() as session:
        assert find_source(session, "uni") == saving.sources["uni"]
        assert find_source(session, "another") is None


def test_each_host_of_each_source_has_its_newest_version(saving: Saving) -> None:
    first = keep(saving, MENU)
    second = keep(saving, ARTICLE_LINES | dict.fromkeys(range(40, 90), 12))
    other = keep(saving, {7: 20}, host="news.uni.example")
    elsewhere = keep(saving, {8: 20}, source="ministry")
    assert [known.number for known in (first, second, other, elsewhere)] == [1, 2, 1, 1]
    assert newest(saving) == {HOST: second, "news.uni.example": other}
    assert newest(saving, "ministry") == {HOST: elsewhere}
    assert second.lines[1] == 3
    assert second.common() == set(range(40, 90))


@pytest.mark.parametrize(
    ("lines", "pages", "number"),
    [
        (MENU, 20, 1),
        (dict.fromkeys(MENU, 11) | {5: 2}, 20, 1),
        (dict.fromkeys(MENU, 10), 10, 1),
        (dict(list(MENU.items())[3:]), 20, 1),
        (dict(list(MENU.items())[10:]), 20, 2),
        (MENU | dict.fromkeys(range(20), 20), 20, 2),
        (dict.fromkeys(MENU, 9), 20, 2),
        ({}, 20, 2),
    ],
    ids=["same", "rarer", "fewer-pages", "three-less", "ten-less", "twenty-more", "below-half", "none"],
)
def test_only_other_lines_make_a_version(saving: Saving, lines: dict[int, int], pages: int, number: int) -> None:
    keep(saving, MENU)
    saving.save(f"{SITE}/a", reading=reading_of(words("a")))
    known = keep(saving, lines, pages=pages, samples=samples_of(saving))
    assert known.number == number
    assert newest(saving)[HOST].number == number
    assert newest(saving)[HOST].newest_capture == 1, "what was looked at is not looked at again"
    assert newest(saving)[HOST].lines == (MENU if number == 1 else lines)


def test_nothing_repeated_is_a_version_too(saving: Saving) -> None:
    assert keep(saving, {}).number == keep(saving, {}).number == 1
    assert newest(saving)[HOST].lines == {}


def test_the_most_frequent_lines_are_kept(saving: Saving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST_LINES", 3)
    known = keep(saving, {1: 2, 2: 9, 3: 20, 4: 3, 5: 4})
    assert known.lines == newest(saving)[HOST].lines == {3: 20, 2: 9, 5: 4}


def test_a_version_names_the_captures_that_it_was_learned_from(saving: Saving) -> None:
    for name in "ab":
        saving.save(f"{SITE}/{name}", reading=reading_of(words(name)))
    unnumbered = [replace(sample, number=0) for sample in samples_of(saving)]
    keep(saving, MENU, samples=[*unnumbered, Sample(f"{SITE}/c", "elchi-test.warc.gz", 99)])
    with saving.database.read() as session:
        row = session.scalars(select(SiteRepeats)).one()
        assert (row.captures, row.newest_capture, row.learned_at) == ([1, 2], 2, NOON)


def test_samples_are_the_latest_articles_of_a_source(saving: Saving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "LATEST", 4)
    saving.open(f"{SITE}/never-asked")
    for number in range(6):
        saving.save(f"{SITE}/{number}", reading=reading_of(words(f"n{number}x")), days=number)
    saving.save(f"{SITE}/page", reading=reading_of(words("page"), kind="page"))
    saving.save(f"{SITE}/list", reading=reading_of("", kind="listing"))
    saving.save(f"{SITE}/5", reading=reading_of(words("changed")), days=9)
    saving.save("http://other.example/1", source="ministry", reading=reading_of(words("n4x")))
    found = samples_of(saving)
    assert [sample.url for sample in found] == [f"{SITE}/{number}" for number in (3, 4, 5)], "as they were first"
    assert [sample.number for sample in found] == [4, 5, 6]
    assert samples_of(saving, "ministry") == [], "a copy is read elsewhere"


def test_a_record_is_no_sample(saving: Saving) -> None:
    saving.source()
    fetched = replace(saving.fetched(f"{SITE}/api/1"), content_type="application/json")
    saving.keep(fetched, reading_of(words("a")), f"{SITE}/news/1")
    assert samples_of(saving) == []


def test_a_page_is_read_again_as_it_was_read(saving: Saving) -> None:
    old, other = keep(saving, MENU), keep(saving, {9: 20})
    for name, known in (("none", None), ("old", old)):
        url = f"{SITE}/{name}"
        saving.keep(saving.fetched(url), reading_of(words(name)), url, repeats=known.id if known else None)
    saving.save(f"{SITE}/list", reading=reading_of("", kind="listing"))
    with saving.database.read() as session:
        assert repeats_to_read_with(session, f"{SITE}/none", other) is None
        assert repeats_to_read_with(session, f"{SITE}/old", other) == old
        assert repeats_to_read_with(session, f"{SITE}/list", other) == other
        assert repeats_to_read_with(session, f"{SITE}/never-seen", other) == other
        assert article_record(session, find_article(session, f"{SITE}/old"))["capture"]["site_repeats"] == {
            "version": 1,
            "pages": 20,
        }


@given(st.lists(st.frozensets(st.text(max_size=9), max_size=9), max_size=9))
def test_what_is_learned_comes_back(pages: list[frozenset[str]]) -> None:
    learned = learn(frozenset(map(key, lines)) for lines in pages) or Repeats(0)
    assert repeats._unpacked(repeats._packed(learned.lines)) == learned.lines
