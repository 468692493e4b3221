"""How much is kept of one page, whatever it says: no article of a person is as long, and an archive of many has room for all of them.

An answer of 8 MB in broken UTF-8, kept as it was, took the crawl itself to 700 MB.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from scraper.reading.model import Country, DateFact, Link, Reading

MOST_TEXT: Final = 1_000_000
"""Characters of a text, and a quarter more of its Markdown: a book has about so many."""
MOST_MARKDOWN: Final = 1_250_000
MOST_LINE: Final = 400
"""Characters of a title, a byline, a link's words, the evidence for a field."""
MOST_RAW: Final = 200
"""Characters of a date as it stands."""
MOST_ADDRESS: Final = 2048
"""Characters of an address, as in sitemaps.org. A longer one is left out: half of it leads nowhere."""
MOST_WORDS: Final = 20
"""Words that a country was read from."""


def bounded(reading: Reading) -> Reading:
    """A reading with what is too long cut: a text after a paragraph, a line after a word. A text that was cut is said in `why`."""
    text = _cut(reading.text, MOST_TEXT, "\n\n")
    why = dict(reading.why)
    if len(text) < len(reading.text):
        cut = f"cut after {len(text)} of {len(reading.text)} characters"
        why["text"] = f"{why['text']}; {cut}" if "text" in why else cut
    canonical = reading.canonical_url
    return replace(
        reading,
        title=_line(reading.title),
        text=text,
        markdown=_cut(reading.markdown, MOST_MARKDOWN, "\n\n"),
        byline=_line(reading.byline),
        published=_fact(reading.published),
        modified=_fact(reading.modified),
        event=_fact(reading.event),
        canonical_url=canonical if canonical is not None and len(canonical) <= MOST_ADDRESS else None,
        links=tuple(
            Link(link.url, _cut(link.text, MOST_LINE, " ")) for link in reading.links if len(link.url) <= MOST_ADDRESS
        ),
        images=tuple(url for url in reading.images if len(url) <= MOST_ADDRESS),
        countries=tuple(_country(each) for each in reading.countries),
        why={name: _cut(words, MOST_LINE, " ") for name, words in why.items()},
    )


def _line(words: str | None) -> str | None:
    return None if words is None else _cut(words, MOST_LINE, " ")


def _fact(fact: DateFact | None) -> DateFact | None:
    return fact if fact is None or len(fact.raw) <= MOST_RAW else replace(fact, raw=_cut(fact.raw, MOST_RAW, " "))


def _country(country: Country) -> Country:
    return Country(country.code, tuple(_cut(words, MOST_RAW, " ") for words in country.words[:MOST_WORDS]))


def _cut(words: str, most: int, end: str) -> str:
    """The beginning of a text, up to the last `end` in the half before `most`, or to `most` where there is none."""
    if len(words) <= most:
        return words
    at = words.rfind(end, most // 2, most + len(end))
    return words[: at if at >= 0 else most].rstrip()
