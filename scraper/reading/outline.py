"""The page as its lines, in document order: each with where it stands, what heads it, and how much of it is links.

One walk over the tree serves the title, the visible date, the kind and the place of the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from scraper.reading.markup import BLOCK_TAGS, HIDDEN_TAGS, Element, squeeze
from scraper.reading.phrases import fold
from scraper.reading.places import Place, place_of

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_APART: Final = frozenset(["span", "time", "label", "small", "a"])
"""Inline tags that sites style as parts of a line: between two of them without white space a space is meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. folded: its text for comparing. heading: 1 to 6, 0 for none. linked: how many of its characters are in links.

    breaks: how many ``<br>`` part it from the line before, 0 where it begins a block.
    """

    text: str
    folded: str
    element: Element
    place: Place
    heading: int
    linked: int
    breaks: int = 0

    @property
    def is_link(self) -> bool:
        """Whether the line is a link, or nearly nothing else."""
        return self.linked >= 0.8 * len(self.text)


def outline(tree: Element) -> tuple[Line, ...]:
    """The lines of a page."""
    seen = _Walk()
    nodes = etree.iterwalk(tree, events=("start", "end"))
    for event, node in nodes:
        if node.tag in HIDDEN_TAGS:
            nodes.skip_subtree()
        elif event == "start":
            seen.enter(node)
        else:
            seen.leave(node)
        if event == "end" and node.tail:
            seen.add(node.tail)
    seen.flush()
    return tuple(seen.lines)


class _Walk:
    """What the walk over a tree has seen so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0
        self._blocks: list[Element] = []
        self._places: list[Place] = [""]
        self._headings: list[int] = [0]
        self._breaks = 0

    def enter(self, node: Element) -> None:
        tag = node.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self._blocks.append(node)
        elif tag == "br":
            self.flush(starts_block=False)
            self._breaks += 1
        elif tag in _APART and self._parts:
            before = node.getprevious()
            if before is not None and not before.tail:
                self._parts.append(" ")
        self._places.append(place_of(node) or self._places[-1])
        self._headings.append(_HEADINGS.get(tag) or self._headings[-1])
        if tag == "a":
            self._links += 1
        if node.text:
            self.add(node.text)

    def leave(self, node: Element) -> None:
        tag = node.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self._blocks.pop()
        self._places.pop()
        self._headings.pop()
        if tag == "a":
            self._links -= 1

    def add(self, text: str) -> None:
        self._parts.append(text)
        if self._links:
            self._linked += len(text.strip())

    def flush(self, *, starts_block: bool = True) -> None:
        if self._parts:
            text = squeeze("".join(self._parts))
            if text and self._blocks:
                linked = min(self._linked, len(text))
                place, heading = self._places[-1], self._headings[-1]
                self.lines.append(Line(text, fold(text), self._blocks[-1], place, heading, linked, self._breaks))
                self._breaks = 0
        self._parts, self._linked = [], 0
        if starts_block:
            self._breaks = 0
