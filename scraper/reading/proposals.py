"""The texts of a page that may be its title: headings, what it states to machines, its first lines, the link that led here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from scraper.reading.document import Document
from scraper.reading.headings import OUTSIDE, find_headings, own_words, words
from scraper.reading.model import Found
from scraper.reading.outline import Line
from scraper.reading.phrases import fold
from scraper.reading.prune import is_chrome_line
from scraper.reading.structured import articles, string
from scraper.reading.title_parts import clean

Source = Literal["h1", "inner", "other h1", "unseen h1", "jsonld", "og", "meta", "title", "anchor", "heading", "line"]

LABELS: Final[dict[Source, str]] = {
    "h1": "h1",
    "inner": "h1 without its kicker",
    "other h1": "another h1",
    "unseen h1": "an h1 in a breadcrumb or hidden",
    "jsonld": "JSON-LD",
    "og": "og:title",
    "meta": "another meta tag",
    "title": "<title>",
    "anchor": "the link that led here",
    "heading": "a lesser heading",
    "line": "a line over the text",
}
"""What a source is called where people read it."""
LONGEST: Final = 400
"""Characters beyond which a text is no title."""
_METAS: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_OTHERS: Final = 4
"""How many h1 beside the main one propose."""
_MOST_OUTER: Final = 4
"""A stated title that is longer than this many times a line of the page is not that line with a site's name."""
_SHORTEST_LINE: Final = 6


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that may be the title, and the source that proposes it. removed: what was stripped from it since."""

    text: str
    source: Source
    removed: str = ""


def propose(page: Document, start: int | None, found: Found) -> Iterator[Proposal]:
    """Every proposal of a page. start: the index of the body's first line."""
    yield from _headings(page.lines, start)
    stated = list(_stated(page))
    yield from stated
    if found.anchor and not found.anchor.rstrip().endswith(("…", "...")):
        yield Proposal(clean(found.anchor), "anchor")
    if heading := _lesser_heading(page.lines, start):
        yield Proposal(clean(heading), "heading")
    if line := _outer_line(page.lines, start, [fold(one.text) for one in stated if one.source in {"og", "title"}]):
        yield Proposal(clean(line), "line")


def _headings(lines: tuple[Line, ...], start: int | None) -> Iterator[Proposal]:
    found = find_headings(lines, start)
    if found is None:
        return
    whole, inner = clean(words(found.main)), clean(own_words(found.main))
    yield Proposal(whole, "h1")
    if inner and inner != whole:
        yield Proposal(inner, "inner")
    if found.unseen is not None:
        yield Proposal(clean(words(found.unseen)), "unseen h1")
    for heading in found.others[:_OTHERS]:
        yield Proposal(clean(words(heading)), "other h1")


def _stated(page: Document) -> Iterator[Proposal]:
    for thing in articles(page.things)[:1]:
        if headline := string(thing, "headline", "name"):
            yield Proposal(clean(headline), "jsonld")
    contents = [content for name in _METAS for content in page.metas.get(name, ())[:1]]
    for index, content in enumerate(contents):
        yield Proposal(clean(content), "meta" if index else "og")
    yield Proposal(clean(page.page_title), "title")


def _lesser_heading(lines: tuple[Line, ...], start: int | None) -> str | None:
    """The heading, or else the line in a link of its own, that stands right over the body or begins it."""
    if start is None:
        return None
    window = [
        line for line in lines[max(0, start - 6) : start + 3] if line.place not in OUTSIDE and line.place != "box"
    ]
    headings = [line for line in window if line.heading in {2, 3, 4}]
    linked = [line for line in window if line.linked >= 0.9 * len(line.text) and len(line.text) >= 25]
    for line in (*headings, *linked):
        if len(line.text) >= 10 and not is_chrome_line(line.folded):
            return line.text
    return None


def _outer_line(lines: tuple[Line, ...], start: int | None, stated: list[str]) -> str | None:
    """The longest line over the body that a stated title begins with, else the longest that one ends with."""
    window = [
        line
        for line in lines[: None if start is None else start + 3]
        if line.place not in OUTSIDE and line.heading != 1 and _SHORTEST_LINE <= len(line.folded) <= LONGEST
    ]
    for is_outer in (_begins, _ends):
        found = [line for line in window if any(is_outer(text, line.folded) for text in stated)]
        if found:
            return max(found, key=lambda line: len(line.folded)).text
    return None


def _begins(title: str, line: str) -> bool:
    """Whether a title is a line of the page and something set off behind it."""
    return title.startswith(line) and len(line) < len(title) <= _MOST_OUTER * len(line) and _sets_off(title[len(line)])


def _ends(title: str, line: str) -> bool:
    rest = len(title) - len(line)
    return rest > 0 and title.endswith(line) and len(title) <= _MOST_OUTER * len(line) and _sets_off(title[rest - 1])


def _sets_off(sign: str) -> bool:
    """Whether a sign of a folded title parts it. Korean sites part with a lone vowel that looks like a bar."""
    return not sign.isalnum() or sign == "\u1175"
