"""The title of a page: what several of its own statements agree on, without the site's name.

Headings, JSON-LD, og:title, ``<title>`` and the link that led here each propose a text (`proposals`). A site's name that is glued to
one of them falls away because the others do not repeat it, or because the page itself says that it is the site's name (`site_name`).
What is left is put to the vote (`title_votes`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from scraper.reading.document import Document
from scraper.reading.markup import select, text_of
from scraper.reading.model import Found, Selectors, Told
from scraper.reading.phrases import fold
from scraper.reading.proposals import LONGEST, Proposal, propose
from scraper.reading.prune import is_chrome_line
from scraper.reading.site_name import names_institution, signed_names, stated_names
from scraper.reading.title_parts import clean, pieces, strip_names
from scraper.reading.title_votes import elect

NO_SELECTORS: Final = Selectors()
NOTHING_FOUND: Final = Found()
_LEAST_STEM: Final = 15
"""Characters before an ellipsis or a quote that tell which longer text was cut off there."""
_MACHINES: Final = frozenset({"jsonld", "og"})


def extract_title(
    page: Document,
    start: int | None,
    selectors: Selectors = NO_SELECTORS,
    found: Found = NOTHING_FOUND,
    site_names: Iterable[str] = (),
) -> Told[str | None]:
    """The title of a page, None where the page has none of its own.

    start: the index of the body's first line. site_names: what is known to be the site's, for example since its pages repeat it.
    """
    for element in select(page.tree, selectors.title) if selectors.title else ():
        if text := clean(text_of(element)):
            return Told(text, f"the source's selector {selectors.title}")
    names = stated_names(page) | {fold(name) for name in site_names}
    said = [one for one in propose(page, start, found) if _may_be_title(one, names)]
    names |= _left_over(said)
    held = [one for one in _stripped(page, said, names) if one.source != "title" or not names_institution(one.text)]
    lines = (line.folded for line in page.lines if line.place != "menu")
    return elect(_without_parts_of_h1(_completed(held)), names, lines)


def _may_be_title(proposal: Proposal, names: frozenset[str]) -> bool:
    folded = fold(proposal.text)
    return 1 < len(proposal.text) <= LONGEST and folded not in names and not is_chrome_line(folded)


def _left_over(proposals: Iterable[Proposal]) -> frozenset[str]:
    """What ``<title>`` has behind or before the title that the page states to machines: the site's name."""
    stated = {fold(one.text) for one in proposals if one.source in _MACHINES}
    names: set[str] = set()
    for one in proposals:
        if one.source == "title" and fold(one.text) not in stated:
            parts = [fold(part) for part in pieces(one.text)]
            names |= {parts[-1]} if parts[0] in stated else {parts[0]} if parts[-1] in stated else set()
    return frozenset(names - stated)


def _stripped(page: Document, proposals: list[Proposal], names: frozenset[str]) -> list[Proposal]:
    """The proposals without the site's names. What the page only signs with stays in a headline that machines are told, too."""
    ends = [(fold(parts[0]), fold(parts[-1])) for one in proposals if len(parts := pieces(one.text)) > 1]
    signed = names | signed_names(page, {first for first, _ in ends}, {last for _, last in ends})
    stated = {fold(one.text) for one in proposals if one.source in _MACHINES}
    headlines = stated & {fold(one.text) for one in proposals if one.source == "h1"}
    return [_strip(one, names if fold(one.text) in headlines else signed) for one in proposals]


def _strip(proposal: Proposal, names: frozenset[str]) -> Proposal:
    text = strip_names(proposal.text, names)
    return (
        replace(proposal, text=text, removed=proposal.text.replace(text, "", 1)) if text != proposal.text else proposal
    )


def _completed(proposals: list[Proposal]) -> list[Proposal]:
    """The proposals with those that were cut off, at an ellipsis or at a quote that ended their attribute, written out."""
    folded = [fold(one.text) for one in proposals]

    def whole(text: str) -> int | None:
        stem = text.rstrip(".… ")
        if len(stem) <= _LEAST_STEM:
            return None
        cut = text.endswith(("…", "..."))
        longer = (
            (index, other) for index, other in enumerate(folded) if len(other) > len(text) and other.startswith(stem)
        )
        return next((index for index, other in longer if cut or other[len(stem) :].lstrip()[:1] in {'"', "'"}), None)

    wholes = [whole(text) for text in folded]
    return [
        one if index is None else replace(one, text=proposals[index].text)
        for one, index in zip(proposals, wholes, strict=True)
    ]


def _without_parts_of_h1(proposals: list[Proposal]) -> list[Proposal]:
    """Without lesser headings and lines that only repeat a part of the h1. One that the h1 begins with may be the headline of both."""
    main = [fold(one.text) for one in proposals if one.source == "h1"]

    def repeats(one: Proposal) -> bool:
        text = fold(one.text)
        if one.source == "heading":
            return any(text == head or (text in head and not head.startswith(text)) for head in main)
        return one.source == "line" and any(text in head for head in main)

    return [one for one in proposals if not repeats(one)]
