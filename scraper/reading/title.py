"""The title of a page: what several of its own statements agree on, without the site's name.

Headings, JSON-LD, og:title, ``<title>`` and the link that led here each propose a text. A site's name that is glued to
one of them falls away because the others do not repeat it, or because the page itself says that it is the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from scraper.reading.document import Document
from scraper.reading.markup import select, squeeze, text_of
from scraper.reading.model import Found, Selectors
from scraper.reading.outline import Line
from scraper.reading.phrases import fold
from scraper.reading.prune import is_chrome_line
from scraper.reading.site_name import names_institution, signed_names, stated_names
from scraper.reading.structured import articles, string

NO_SELECTORS: Final = Selectors()
NOTHING_FOUND: Final = Found()
_SEPARATORS: Final = re.compile(
    r"\s+(?:[|–—\-•·›/~:]|»(?=\s))\s+|\s*(?:::|\|\||\|)\s*|[_＿｜]|(?<=[^\x00-\x7f])-{1,2}(?=[^\x00-\x7f])"
)
"""What parts a title from a site's name. A bare hyphen does so only between signs of scripts that have no hyphen."""
_LONGEST: Final = 400
_WEIGHTS: Final = {"h1": 1.0, "jsonld": 0.95, "og": 0.9, "title": 0.8, "anchor": 0.7, "heading": 0.6}
_PART: Final = 0.9
"""How much a source that holds a title as one of its parts counts beside one that is the title."""
_SHOWN: Final = 0.3
_LINKED: Final = 0.6
"""What it adds that the page shows a proposal in a line of its own, and that the link that led here bears the same words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that may be the title, and the source that proposes it."""

    text: str
    source: str


def extract_title(
    page: Document, start: int | None, selectors: Selectors = NO_SELECTORS, found: Found = NOTHING_FOUND
) -> str | None:
    """The title of a page, None where the page has none of its own. start: the index of the body's first line."""
    if selectors.title:
        for element in select(page.tree, selectors.title):
            if text := text_of(element):
                return text
    names = stated_names(page)
    proposals = [one for one in _proposals(page, start, found) if _may_be_title(one, names)]
    left_over = _left_over(proposals)
    outer = {fold(part) for one in proposals if len(parts := _pieces(one.text)) > 1 for part in (parts[0], parts[-1])}
    strippable = names | left_over | signed_names(page, outer)
    held = [replace(one, text=strip_names(one.text, strippable)) for one in proposals]
    held = [one for one in held if one.source != "title" or not names_institution(one.text)]
    shown = frozenset(line.folded for line in page.lines if line.place != "menu" and len(line.text) <= _LONGEST)
    return best_title(held, names | left_over, shown)


def _may_be_title(proposal: Proposal, names: frozenset[str]) -> bool:
    folded = fold(proposal.text)
    return 1 < len(proposal.text) <= _LONGEST and folded not in names and not is_chrome_line(folded)


def _proposals(page: Document, start: int | None, found: Found) -> Iterator[Proposal]:
    if heading := _main_heading(page.lines, start):
        yield Proposal(heading, "h1")
    for thing in articles(page.things)[:1]:
        if headline := string(thing, "headline", "name"):
            yield Proposal(headline, "jsonld")
    for name in ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"):
        for content in page.metas.get(name, ())[:1]:
            yield Proposal(squeeze(content), "og")
    yield Proposal(page.page_title, "title")
    if found.anchor and not found.anchor.rstrip().endswith(("…", "...")):
        yield Proposal(squeeze(found.anchor), "anchor")
    if heading := _lesser_heading(page.lines, start):
        yield Proposal(heading, "heading")


def _main_heading(lines: tuple[Line, ...], start: int | None) -> str | None:
    """The h1 nearest to the body's start, those outside the chrome first."""
    own = [
        (index, line)
        for index, line in enumerate(lines)
        if line.heading == 1 and line.place not in {"menu", "foot", "side", "crumbs"}
    ]
    if not own:
        return None
    at = start if start is not None else 0
    before = [line for index, line in own if index <= at + 1]
    return _whole(lines, before[-1] if before else own[0][1])


def _whole(lines: tuple[Line, ...], first: Line) -> str:
    """A heading that a line break parts is one title."""
    heading = first.element
    while heading is not None and not re.fullmatch(r"h[1-6]", str(heading.tag)):
        heading = heading.getparent()
    return text_of(heading) if heading is not None else first.text


def _lesser_heading(lines: tuple[Line, ...], start: int | None) -> str | None:
    """The heading, or else the line in a link of its own, that stands right over the body or begins it."""
    if start is None:
        return None
    window = [
        line
        for line in lines[max(0, start - 6) : start + 3]
        if line.place not in {"menu", "foot", "side", "crumbs", "box"}
    ]
    headings = [line for line in window if line.heading in {2, 3, 4}]
    linked = [line for line in window if line.linked >= 0.9 * len(line.text) and len(line.text) >= 25]
    for line in (*headings, *linked):
        if len(line.text) >= 10 and not is_chrome_line(line.folded):
            return line.text
    return None


def best_title(
    proposals: Iterable[Proposal], names: frozenset[str] = frozenset(), shown: frozenset[str] = frozenset()
) -> str | None:
    """The proposal that the others support best, as their whole or as a part between separators; the longer of two equals.

    names: the site's, which are no title. shown: the folded lines of the page.
    """
    held = [_Held(one.text, fold(one.text), frozenset(map(fold, _parts(one.text))), one.source) for one in proposals]
    anchors = {one.folded for one in held if one.source == "anchor"}

    def support(candidate: _Held) -> float:
        said = sum(_WEIGHTS[one.source] * one.holds(candidate.folded) for one in held)
        return said + (_SHOWN + _LINKED * (candidate.folded in anchors)) * (candidate.folded in shown)

    candidates = [one for one in held if one.folded and one.folded not in names]
    best = max(candidates, key=lambda one: (round(support(one), 3), len(one.folded)), default=None)
    return best.text if best else None


@dataclass(frozen=True, slots=True)
class _Held:
    text: str
    folded: str
    parts: frozenset[str]
    source: str

    def holds(self, folded: str) -> float:
        """How much of a vote this gives to a text: one that it is gets a whole one."""
        return 1.0 if self.folded == folded else _PART * (folded in self.parts)


def strip_names(text: str, names: frozenset[str]) -> str:
    """`text` without the site's names before its first and after its last separators. Never empty."""
    pieces = _spans(text)
    first, last = 0, len(pieces) - 1
    while last > first and _is_name(text[slice(*pieces[last])], names):
        last -= 1
    while first < last and _is_name(text[slice(*pieces[first])], names):
        first += 1
    return text[pieces[first][0] : pieces[last][1]].strip()


def _pieces(text: str) -> list[str]:
    """The parts of a text between separators."""
    return [text[slice(*span)] for span in _spans(text)]


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _SEPARATORS.finditer(text)][:12]
    return list(zip([0, *(end for _, end in spans)], [*(begin for begin, _ in spans), len(text)], strict=True))


def _parts(text: str) -> Iterator[str]:
    pieces = _spans(text)
    for left in range(len(pieces)):
        for right in range(left, len(pieces)):
            yield text[pieces[left][0] : pieces[right][1]]


def _is_name(text: str, names: frozenset[str]) -> bool:
    folded = fold(text).strip(" -|.")
    return not folded or folded in names


def _left_over(proposals: Iterable[Proposal]) -> frozenset[str]:
    """What ``<title>`` has behind or before the title that the page states to machines: the site's name."""
    stated = {fold(one.text) for one in proposals if one.source in {"jsonld", "og"}}
    whole = [one.text for one in proposals if one.source == "title" and fold(one.text) not in stated]
    names: set[str] = set()
    for text in whole:
        parts = [fold(part) for part in _pieces(text)]
        names |= {parts[-1]} if parts[0] in stated else {parts[0]} if parts[-1] in stated else set()
    return frozenset(names - stated)
