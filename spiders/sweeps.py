"""What the pages of a list have shown so far in this run: a list that only repeats itself has no end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.candidate import Candidate
from storage.identity import page_key

BARREN = 2
"""Pages of a list in a row that repeat what it has shown, before it is followed no further."""


@dataclass(slots=True)
class _Sweep:
    shown: set[str] = field(default_factory=set)
    barren: int = 0


class Sweeps:
    """By address of an entry point, what it and its further pages showed."""

    def __init__(self) -> None:
        self._sweeps: defaultdict[str, _Sweep] = defaultdict(_Sweep)

    def note(self, entry_url: str, candidates: Sequence[Candidate]) -> int:
        """Take note of a page of a list. How many of its candidates are seen for the first time."""
        sweep = self._sweeps[entry_url]
        keys = {page_key(each.url) for each in candidates}
        fresh = len(keys - sweep.shown)
        sweep.shown |= keys
        sweep.barren = 0 if fresh else sweep.barren + 1
        return fresh

    def is_endless(self, entry_url: str) -> bool:
        """Whether the last pages only repeated what was shown before."""
        return self._sweeps[entry_url].barren >= BARREN
