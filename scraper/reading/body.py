"""The body of an article as paragraphs: the source's selector first, then trafilatura behind our guards.

trafilatura strips the zero-width (non-)joiner, which Persian and its kin spell words with, from its output and, on short
pages, from the tree that we read: both are carried through as letters that the page does not contain. Of its metadata
and dates we take nothing.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import Final

import trafilatura
from lxml import etree

from scraper.reading.markup import BLOCK_TAGS, HIDDEN_TAGS, Element, select, squeeze
from scraper.reading.model import Selectors
from scraper.reading.prune import prune

JOINERS: Final = ("\u200c", "\u200d")
_STAND_INS: Final = "ꙮꚘꚚꕀꕁꕂꕃꕄꕅ"
"""Printable letters (Cyrillic multiocular O, Vai) that no page of ours is likely to hold."""
NO_SELECTORS: Final = Selectors()
_LEAST: Final = 120
"""Characters below which a selector's find does not count as the body."""
_HUGE: Final = 20_000
"""Elements from which trafilatura's second opinions are not asked: one of them takes quadratic time."""
_SPACES: Final = re.compile(r"\s+")
_FLOW: Final = frozenset(
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
        "graphic",
        "html",
        "section",
        "article",
    ]
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract_body(tree: Element, selectors: Selectors = NO_SELECTORS) -> tuple[str, ...]:
    """The paragraphs of a page's body in order: headings as plain lines, list items with "- ". Empty where there are none.

    `tree` is not changed.
    """
    if selectors.body:
        chosen = _selected(tree, selectors)
        if sum(map(len, chosen)) >= _LEAST:
            return chosen
    copy = deepcopy(tree)
    prune(copy, selectors.remove)
    guards = _guard_joiners(copy)
    huge = sum(1 for _ in copy.iter()) > _HUGE
    found = trafilatura.bare_extraction(
        copy, fast=huge, include_comments=False, include_formatting=False, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return ()
    return tuple(_unguard(paragraph, guards) for paragraph in paragraphs_of(body))


def _selected(tree: Element, selectors: Selectors) -> tuple[str, ...]:
    matched = select(tree, selectors.body or "")
    outer = [element for element in matched if not any(above in matched for above in element.iterancestors())]
    copies = [deepcopy(element) for element in outer]
    for copy in copies:
        copy.tail = None
        prune(copy, selectors.remove)
    return tuple(paragraph for copy in copies for paragraph in paragraphs_of(copy))


def _guard_joiners(tree: Element) -> dict[str, str]:
    texts = "".join(tree.itertext())
    present = [joiner for joiner in JOINERS if joiner in texts]
    if not present:
        return {}
    free = [letter for letter in _STAND_INS if letter not in texts]
    guards = dict(zip(free, present, strict=False))
    table = str.maketrans({joiner: letter for letter, joiner in guards.items()})
    for element in tree.iter():
        if element.text:
            element.text = element.text.translate(table)
        if element.tail:
            element.tail = element.tail.translate(table)
    return guards


def _unguard(text: str, guards: dict[str, str]) -> str:
    for letter, joiner in guards.items():
        text = text.replace(letter, joiner)
    return text


def paragraphs_of(root: Element) -> list[str]:
    """The paragraphs of a tree, HTML or what trafilatura makes of it: one a block, one a list item, one a table row."""
    flow = _Flow()
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            flow.enter(node)
        else:
            flow.leave(node, outermost=node is root)
    flow.end_block()
    return flow.paragraphs


class _Flow:
    """Text on its way from a tree to paragraphs."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._parts: list[str] = []
        self._marker = ""
        self._cells: list[str] | None = None
        self._hidden = 0

    def enter(self, node: Element) -> None:
        tag = node.tag
        if tag in HIDDEN_TAGS and tag != "head":
            self._hidden += 1
        if tag in {"lb", "br"}:
            self._parts.append("\n")
        elif tag in _FLOW or tag in BLOCK_TAGS:
            self.end_block()
        if tag in {"item", "li"}:
            self._marker = "- "
        elif tag in {"row", "tr"}:
            self._cells = []
        if node.text and not self._hidden:
            self._parts.append(_SPACES.sub(" ", node.text))

    def leave(self, node: Element, outermost: bool) -> None:
        tag = node.tag
        if tag in {"row", "tr"}:
            self.end_block()
            self._end_row()
        elif tag not in {"lb", "br"} and (tag in _FLOW or tag in BLOCK_TAGS):
            self.end_block()
        if tag in {"item", "li"}:
            self._marker = ""
        if tag in HIDDEN_TAGS and tag != "head":
            self._hidden -= 1
        if node.tail and not outermost and not self._hidden:
            self._parts.append(_SPACES.sub(" ", node.tail))

    def end_block(self) -> None:
        text = "".join(self._parts)
        self._parts = []
        for block in _split_breaks(text):
            if self._cells is not None:
                self._cells.append(block)
            else:
                self.paragraphs.append(self._marker + block)
                self._marker = ""

    def _end_row(self) -> None:
        if self._cells:
            self.paragraphs.append(" | ".join(self._cells))
        self._cells = None


def _split_breaks(text: str) -> list[str]:
    """A text at its doubled line breaks; a single one stays a line break."""
    blocks: list[str] = []
    lines: list[str] = []
    for line in [*map(squeeze, text.split("\n")), ""]:
        if line:
            lines.append(line)
        elif lines:
            blocks.append("\n".join(lines))
            lines = []
    return blocks
