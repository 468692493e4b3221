"""trafilatura behind our guards: which of a page's lines it would keep. Its vote is one of the signs that body.py judges by.

It is given a copy of the page without chrome that says what it is, and without what takes it minutes. Of its text, metadata and dates
nothing else is taken: the words stay those of the page, joiners included.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import Final

import trafilatura
from lxml import etree

from scraper.reading.document import Document
from scraper.reading.markup import Element, squeeze
from scraper.reading.outline import Line
from scraper.reading.phrases import fold
from scraper.reading.prune import prune

_HUGE: Final = 20_000
"""Elements from which trafilatura's second opinions are not asked: one of them takes quadratic time."""
_MOST_NESTED: Final = 1_000_000
"""Depths of all elements together from which trafilatura is not asked: it goes through an element again for each one around it. Pages that
people wrote stay below 100,000.
"""
_WIDEST_ROW: Final = 1000
"""Cells of a row from which it is not asked: it counts all that it has for each one more."""
_WORTH: Final = 25
"""Letters from which a line that stands anywhere in what was kept counts as kept; a shorter one must be a whole piece of it."""
_BLOCKS: Final = frozenset(
    [
        "p",
        "head",
        "quote",
        "code",
        "item",
        "row",
        "cell",
        "list",
        "table",
        "div",
        "body",
        "lb",
        "html",
        "section",
        "article",
    ]
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def engine_votes(page: Document) -> list[float]:
    """1 for each of the page's lines that trafilatura keeps, else 0; where it would take minutes, all 0. The page's tree is not changed."""
    if _takes_minutes(page.tree):
        return [0.0] * len(page.lines)
    copy = deepcopy(page.tree)
    prune(copy)
    huge = sum(1 for _ in copy.iter()) > _HUGE
    found = trafilatura.bare_extraction(
        copy, fast=huge, include_comments=False, include_formatting=False, with_metadata=False
    )
    body = getattr(found, "body", None)
    return votes_for(page.lines, pieces_of(body)) if body is not None else [0.0] * len(page.lines)


def _takes_minutes(tree: Element) -> bool:
    depth = nested = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        nested += depth
        if nested > _MOST_NESTED or (node.tag == "tr" and len(node) > _WIDEST_ROW):
            return True
    return False


def votes_for(lines: Iterable[Line], pieces: Iterable[str]) -> list[float]:
    """1 for each line that is one of the pieces, or long and anywhere in them, else 0."""
    kept = Counter(_bare(fold(piece)) for piece in pieces)
    whole = "".join(kept.elements())
    bare = (_bare(line.folded) for line in lines)
    return [float(each in kept or (len(each) >= _WORTH and each in whole)) for each in bare]


def pieces_of(body: Element) -> list[str]:
    """The pieces of text between the blocks of what trafilatura keeps."""
    pieces: list[str] = []
    parts: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag in _BLOCKS:
            pieces.append("".join(parts))
            parts = []
        if event == "start":
            parts.append(node.text or "")
        elif node is not body:
            parts.append(node.tail or "")
    return [*filter(None, map(squeeze, pieces)), squeeze("".join(parts))]


def _bare(folded: str) -> str:
    """Letters alone: how blocks and items of lists were joined does not matter."""
    return "".join(folded.split()).replace("-", "")
