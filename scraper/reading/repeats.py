"""What a site repeats on its pages: menus, footers, boxes, its own name. Learned from its captures; no list of words knows them all.

A line that stands on most pages of a site is of the site and not of one article, whatever its markup says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

ENOUGH_PAGES: Final = 3
"""Pages below which nothing is learned: two articles may share a sentence."""
MOST_PAGES: Final = 40
"""Pages that are learned from; more say nothing new."""
MOST_LINES: Final = 4000
LEAST_SHARE: Final = 0.1
"""Share of the pages on which a line must stand, and on two of them at the least, to be kept."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Which lines a site's pages share. pages: how many were looked at. lines: how many of them have a line, by its `key`."""

    pages: int
    lines: dict[int, int] = field(default_factory=dict)

    def share(self, folded: str) -> float:
        """On which share of the site's pages a folded line stands, 0 to 1."""
        return self.lines.get(key(folded), 0) / self.pages if self.pages else 0.0


def key(folded: str) -> int:
    """The number by which a folded line is known: 63 bits, the same on every machine and in every database."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def learn(pages: Iterable[frozenset[int]]) -> Repeats | None:
    """What `pages` of one site repeat, each given by the keys of its lines. None for fewer than `ENOUGH_PAGES`."""
    counts: Counter[int] = Counter()
    looked_at = 0
    for lines in pages:
        counts.update(lines)
        looked_at += 1
        if looked_at == MOST_PAGES:
            break
    if looked_at < ENOUGH_PAGES:
        return None
    least = max(2, round(LEAST_SHARE * looked_at))
    kept = [(line, count) for line, count in counts.most_common(MOST_LINES) if count >= least]
    return Repeats(looked_at, dict(kept))
