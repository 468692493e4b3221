from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.bounds import MOST_ADDRESS, MOST_LINE, MOST_MARKDOWN, MOST_RAW, MOST_TEXT, bounded
from scraper.reading.model import Country, DateFact, Link, Page, Reading
from scraper.reading.reader import read_page

URL = "http://uni.example/news/1"
LONG = "word " * MOST_TEXT


def reading(**values: object) -> Reading:
    return Reading(**{"url": URL, "kind": "article", "title": "A title", "text": "A text.", "language": "en", **values})  # type: ignore[arg-type]


def fact(raw: str) -> DateFact:
    return DateFact(date(2026, 11, 1), None, raw, "gregorian", "day", "visible", 0.8)


def test_what_a_person_writes_stays() -> None:
    usual = reading(
        text="One.\n\nTwo.",
        markdown="# One.\n\nTwo.",
        byline="A. Writer",
        published=fact("1 November 2026"),
        canonical_url=URL,
        links=(Link(URL, "words"),),
        images=(f"{URL}.jpg",),
        countries=(Country("UZ", ("Uzbek",)),),
        why={"title": "h1"},
    )
    assert bounded(usual) == usual


def test_a_text_is_cut_after_a_paragraph_and_says_so() -> None:
    paragraph = "word " * 1000 + "end."
    whole = "\n\n".join([paragraph] * 300)
    kept = bounded(reading(text=whole, why={"text": "the engine's"}))
    assert MOST_TEXT - len(paragraph) - 2 <= len(kept.text) <= MOST_TEXT
    assert whole.startswith(f"{kept.text}\n\n")
    assert kept.why["text"] == f"the engine's; cut after {len(kept.text)} of {len(whole)} characters"


@pytest.mark.parametrize("letter", ["x", "\ufffd"], ids=["letters", "broken"])
def test_a_text_without_paragraphs_is_cut(letter: str) -> None:
    kept = bounded(reading(text=letter * (MOST_TEXT + 1)))
    assert (len(kept.text), kept.why["text"]) == (MOST_TEXT, "cut after 1000000 of 1000001 characters")


def test_nothing_is_without_bound() -> None:
    address = f"http://uni.example/{'x' * MOST_ADDRESS}"
    kept = bounded(
        reading(
            title=LONG,
            markdown=LONG,
            byline=LONG,
            published=fact(LONG),
            modified=fact(LONG),
            event=fact(LONG),
            canonical_url=address,
            links=(Link(address, "long"), Link(URL, LONG)),
            images=(address, URL),
            countries=(Country("UZ", (LONG,) * 100),),
            why={"title": LONG},
        )
    )
    assert kept.title is not None
    assert kept.byline is not None
    assert kept.title.endswith("word"), "after a word"
    assert max(map(len, (kept.title, kept.byline, kept.links[0].text, kept.why["title"]))) <= MOST_LINE
    assert [each and len(each.raw) <= MOST_RAW for each in (kept.published, kept.modified, kept.event)] == [True] * 3
    assert len(kept.markdown) <= MOST_MARKDOWN
    assert (kept.canonical_url, [link.url for link in kept.links], kept.images) == (None, [URL], (URL,))
    assert sum(map(len, kept.countries[0].words)) <= 20 * MOST_RAW


@given(st.text(max_size=30), st.integers(0, 3))
def test_every_field_is_there_again(words: str, times: int) -> None:
    cut = bounded(reading(title=words * times * 40, text=words))
    assert bounded(cut) == cut


def test_the_reader_bounds_what_it_reads() -> None:
    body = b"<h1>A long page</h1><article>" + b"<p>A paragraph of very many that say the same here.</p>" * 25_000
    kept = read_page(Page(URL, body, "text/html", datetime(2026, 11, 1, tzinfo=UTC)))
    assert 900_000 < len(kept.text) <= MOST_TEXT
    assert "cut after" in kept.why["text"]
