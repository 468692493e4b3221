"""Where on the page the body stands: its lines, and the smallest element that holds nearly all of it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from scraper.reading.markup import Element
from scraper.reading.outline import Line

_NEARLY_ALL: Final = 0.9


@dataclass(frozen=True, slots=True)
class Region:
    """The body's place. first, last: indices of its lines in the page's outline. element: what holds nearly all of it."""

    first: int
    last: int
    element: Element


def find_region(lines: tuple[Line, ...], kept: tuple[Line, ...]) -> Region | None:
    """The region of the lines that were kept as the body, None where there are none."""
    if not kept:
        return None
    element = _common(kept)
    numbers = {id(line): index for index, line in enumerate(lines)}
    within = set(element.iter())
    inside = [numbers[id(line)] for line in kept if line.element in within] or [numbers[id(kept[0])]]
    return Region(inside[0], inside[-1], element)


def _common(lines: tuple[Line, ...]) -> Element:
    """The innermost element that holds nearly all of the lines' characters."""
    weights: dict[Element, int] = {}
    for line in lines:
        for element in reversed(_new_above(line.element, weights)):
            weights[element] = 0
        weights[line.element] += len(line.text)
    for element in reversed(list(weights)):  # each before what it stands in
        if (parent := element.getparent()) is not None:
            weights[parent] += weights[element]
    enough = _NEARLY_ALL * sum(len(line.text) for line in lines)
    element = lines[0].element.getroottree().getroot()
    while (inner := next((child for child in element if weights.get(child, 0) >= enough), None)) is not None:
        element = inner
    return element


def _new_above(element: Element, known: Container[Element]) -> list[Element]:
    """An element and those that it stands in, up to the first one that is known."""
    found = []
    while element is not None and element not in known:
        found.append(element)
        element = element.getparent()
    return found
