"""The elements above a page's lines as numbers, so that what is counted of lines can be summed up over the tree with NumPy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scraper.reading.markup import Element
from scraper.reading.outline import Line

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


class Elements:
    """The elements above a page's lines as numbers, the root 0, each parent before its children."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._numbers: dict[Element, int] = {}
        self.tree: list[Element] = []
        parents: list[int] = []
        depths: list[int] = []
        self._parents, self._depths = parents, depths
        self.own = np.array([self._number(line.element) for line in lines], int)
        self.parent = np.array(parents, int)
        self.depth = np.array(depths, float)
        self.children = np.bincount(self.parent, minlength=len(parents)).astype(float)
        self._above: dict[int, Numbers] = {0: self.own}
        self._signatures = [(element.tag, element.get("class")) for element in self.tree]

    def _number(self, element: Element) -> int:
        chain = []
        while element is not None and element not in self._numbers:
            chain.append(element)
            element = element.getparent()
        number = self._numbers[element] if element is not None else 0
        for each in reversed(chain):
            parent, number = number, len(self.tree)
            self._numbers[each] = number
            self.tree.append(each)
            self._parents.append(parent)
            self._depths.append(self._depths[parent] + 1 if number else 0)
        return number

    def above(self, level: int) -> Numbers:
        """The number of each line's ancestor so many steps up, the root where there are not so many."""
        if level not in self._above:
            self._above[level] = self.parent[self.above(level - 1)]
        return self._above[level]

    def sums(self, values: Floats) -> Floats:
        """The sums of the lines' values (lines, kinds) over each element and all below it."""
        totals = np.zeros((len(self.tree), values.shape[1]))
        np.add.at(totals, self.own, values)
        for depth in range(int(self.depth.max()), 0, -1):
            at = np.flatnonzero(self.depth == depth)
            np.add.at(totals, self.parent[at], totals[at])
        return totals

    def chain(self, element: int) -> list[int]:
        """An element and all above it, itself first."""
        found = [element]
        while found[-1]:
            found.append(self._parents[found[-1]])
        return found

    def meeting(self, element: int, chain: list[int]) -> int:
        """The innermost element of a chain that holds the other element."""
        held = frozenset(chain)
        while element not in held:
            element = self._parents[element]
        return element

    def inside(self, element: int) -> Floats:
        """1 for each line that stands in the element."""
        within = np.zeros(len(self.tree), bool)
        within[element] = True
        for number in range(element + 1, len(self.tree)):
            within[number] = within[self._parents[number]]
        inside: Floats = within[self.own].astype(float)
        return inside

    def nearest(self, names: frozenset[str]) -> Numbers:
        """The nearest element with one of these tags that each line stands in, -1 for none."""
        found = np.full(len(self.tree), -1)
        for number, (tag, _) in enumerate(self._signatures):
            found[number] = number if tag in names else found[self._parents[number]] if number else -1
        nearest: Numbers = found[self.own]
        return nearest

    def alike(self) -> list[list[int]]:
        """For each line the number of its group: lines whose element and parent have the same tags and classes, then also two above."""
        known: dict[object, int] = {}
        narrow, wide = [], []
        chains = [self.above(level) for level in range(4)]
        for line in range(len(self.own)):
            signature = tuple(self._signatures[chain[line]] for chain in chains)
            narrow.append(known.setdefault(signature[:2], len(known)))
            wide.append(known.setdefault(signature, len(known)))
        return [narrow, wide]
