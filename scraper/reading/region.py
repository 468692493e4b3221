"""Where on the page the body stands: its lines, and the smallest element that holds nearly all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scraper.reading.markup import Element
from scraper.reading.outline import Line

_NEARLY_ALL: Final = 0.9
_WORTH: Final = 25
"""Characters from which a line counts as found when it stands in the body: shorter ones stand anywhere."""


@dataclass(frozen=True, slots=True)
class Region:
    """The body's place. first, last: indices of its lines in the page's outline. element: what holds nearly all of it."""

    first: int
    last: int
    element: Element


def find_region(lines: tuple[Line, ...], paragraphs: tuple[str, ...]) -> Region | None:
    """The region whose lines the body's paragraphs are, None where the body does not stand on the page."""
    body = _bare(" ".join(paragraphs))
    hits = [(index, line) for index, line in enumerate(lines) if len(line.text) >= _WORTH and _bare(line.text) in body]
    if not hits:
        return None
    element = _common([line for _, line in hits])
    inside = [index for index, line in hits if _holds(element, line.element)] or [index for index, _ in hits]
    return Region(inside[0], inside[-1], element)


def _bare(text: str) -> str:
    """Letters alone: how blocks and list items were joined does not matter."""
    return "".join(text.split()).replace("-", "")


def _common(lines: list[Line]) -> Element:
    """The innermost element that holds nearly all of the lines' characters."""
    weights: dict[Element, int] = {}
    for line in lines:
        for element in (line.element, *line.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(line.text)
    enough = _NEARLY_ALL * sum(len(line.text) for line in lines)
    element = lines[0].element.getroottree().getroot()
    while (inner := next((child for child in element if weights.get(child, 0) >= enough), None)) is not None:
        element = inner
    return element


def _holds(outer: Element, element: Element) -> bool:
    return element is outer or any(above is outer for above in element.iterancestors())
