"""Which lines of a page are its text: by the source's own selector, or else by a judge that was taught to tell text from chrome.

The judge (`trees.py`, taught by benchmarks/train_body.py) looks at what can be counted of each line (`features.py`), at which lines
trafilatura would keep (`engine.py`), and at how often the site's other pages have the line (`repeats.py`). What is kept are lines of
the page itself: nothing that an extractor drops or rewrites can be lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scraper.reading.document import Document
from scraper.reading.engine import engine_votes
from scraper.reading.features import features
from scraper.reading.markup import Element, select
from scraper.reading.model import Rules, Selectors
from scraper.reading.outline import Line
from scraper.reading.phrases import opening
from scraper.reading.prune import is_chrome_line, is_layout
from scraper.reading.repeats import Repeats
from scraper.reading.trees import learned

NO_RULES: Final = Rules()
TEXT: Final = 0.4
"""Chance from which a line is text: with it precision and recall are about even on pages that the judge was not taught with."""
_LEAST: Final = 120
"""Characters below which a selector's find does not count as the body."""
_PROSE: Final = 90
"""Characters from which an unlinked line reads as prose."""
_LEAST_SHARE: Final = 0.15
"""Share of the page's prose below which a selector's find is a box that a redesign has given the old name."""
_NEVER: Final = frozenset({"menu", "crumbs", "foot", "caption"})
"""Where no line is text, whatever else it looks like."""
_ROOM: Final = 160
"""Characters above which a line that opens with a phrase of the chrome is prose."""
LESS: Final = 0.2
"""Chance from which a line between two lines of text is text: an item, a heading, a short reply."""
_WIDEST_GAP: Final = 12
_MOST_TABLES: Final = 50
_MOST: Final = 0.5
_CODE: Final = re.compile(
    r"""[{\[]\s*["'{\[]|<\w+ [^>]{0,200}=["']|(?:var|function|window\.|document\.)\s?[\w(]|@media\b"""
)
"""How lines begin that are code which a page shows by mistake, or offers to be copied."""
_SITES_OWN: Final = 0.67
"""On so large a share of a site's pages a line is the site's and not the article's: more than two of three, which may be twins."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a page that are its text, in order. why: by what they were found."""

    lines: tuple[Line, ...]
    why: str


def extract_body(page: Document, rules: Rules = NO_RULES) -> Body:
    """The text of a page. Without any line where the page has no text."""
    selectors = rules.selectors
    chosen = _selected(page, selectors) if selectors.body else ()
    if _is_body(chosen, page.lines):
        return Body(chosen, f"the source's selector {selectors.body}")
    body = _judged(_outside(page, selectors.remove), rules.repeats)
    if not selectors.body:
        return body
    within = set(map(id, chosen))
    if body.lines and all(id(line) in within for line in body.lines):  # a text of a few words
        return Body(chosen, f"the source's selector {selectors.body}")
    return Body(body.lines, f"the source's selector {selectors.body} does not find the text here; {body.why}")


def _selected(page: Document, selectors: Selectors) -> tuple[Line, ...]:
    within = _inside(select(page.tree, selectors.body or ""))
    lines = _outside(page, selectors.remove).lines
    return tuple(line for line in lines if line.element in within and line.place != "caption" and not _is_chrome(line))


def _inside(elements: Iterable[Element]) -> set[Element]:
    """The elements and all within them."""
    return {inner for element in elements for inner in element.iter()}


def _is_body(chosen: tuple[Line, ...], lines: tuple[Line, ...]) -> bool:
    """Whether what a selector finds is the page's text, and not what a redesign left under its name."""
    least = _LEAST_SHARE * _prose(line for line in lines if line.place not in _NEVER)
    return sum(len(line.text) for line in chosen) >= _LEAST and _prose(chosen) >= least


def _prose(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines if len(line.text) >= _PROSE and line.linked < 0.5 * len(line.text))


def _outside(page: Document, remove_css: tuple[str, ...]) -> Document:
    """The page without the lines that the source's catalogue file takes out."""
    removed = _inside(element for css in remove_css for element in select(page.tree, css))
    return page.with_lines(line for line in page.lines if line.element not in removed) if removed else page


def _judged(page: Document, repeats: Repeats | None) -> Body:
    lines = page.lines
    if not lines:
        return Body((), "the page has no lines of text")
    votes = engine_votes(page)
    trees = learned()
    chances = trees.chances(features(page, votes, repeats))
    chances[[_is_never_text(line, repeats) for line in lines]] = 0.0
    is_kept = _with_gaps(chances)
    _keep_tables_whole(page, votes, is_kept)
    kept = np.flatnonzero(is_kept)
    said = f"the judge of lines, version {trees.version}"
    if not len(kept):
        kept, said = np.flatnonzero(votes), "trafilatura, as the judge of lines keeps none"
    if not len(kept) and chances.max() > 0:
        kept, said = np.flatnonzero(chances >= 0.5 * chances.max()), "the likeliest lines, none of them likely"
    surely = float(chances[kept].mean()) if len(kept) else 0.0
    site = f", with what {repeats.pages} pages of the site repeat" if repeats else ""
    return Body(
        tuple(lines[index] for index in kept), f"{said}{site}: {len(kept)} of {len(lines)} lines, surety {surely:.2f}"
    )


def _with_gaps(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which lines are text: the likely ones, and between two of those that are near each other the less likely ones too."""
    is_kept = chances >= TEXT
    for one, following in pairwise(np.flatnonzero(is_kept).tolist()):
        if 1 < following - one <= _WIDEST_GAP and (chances[one + 1 : following] >= LESS).all():
            is_kept[one + 1 : following] = True
    return is_kept


def _keep_tables_whole(page: Document, votes: list[float], is_kept: NDArray[np.bool_]) -> None:
    """Keep or leave all lines of each table of data: its cells say too little to be judged one by one.

    It is kept where most of it was, or where trafilatura keeps most of it beside lines that are kept.
    """
    sizes = np.array([len(line.text) for line in page.lines])
    for table in islice(page.tree.iter("table"), _MOST_TABLES):
        at = _lines_in(page, table)
        if not len(at) or is_layout(table):
            continue
        beside = _lines_in(page, table.getparent())
        among_text = is_kept[beside].sum() > is_kept[at].sum()
        share = np.average(np.stack([is_kept[at], np.array(votes)[at]]), axis=1, weights=sizes[at])
        is_kept[at] = share[0] >= _MOST or (among_text and share[1] >= _MOST)


def _lines_in(page: Document, element: Element) -> NDArray[np.int64]:
    within = set(element.iter())
    return np.flatnonzero([line.element in within for line in page.lines])


def _is_never_text(line: Line, repeats: Repeats | None) -> bool:
    if line.place in _NEVER or _is_chrome(line) or _CODE.match(line.text) is not None:
        return True
    return repeats is not None and repeats.share(line.folded) >= _SITES_OWN


def _is_chrome(line: Line) -> bool:
    """Whether a line's words say that it belongs to the page: a share bar, a counter, an invitation to another article."""
    if len(line.text) > _ROOM:
        return False
    related = opening("related").match(line.folded)
    return is_chrome_line(line.folded) or (related is not None and (line.is_link or related.end() == len(line.folded)))
