"""What discovery takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

from storage.candidate import Candidate


class NotAsExpected(Exception):
    """The answer has not the structure that its entry point promises: no XML, no JSON, no list where one should be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an entry point answered. body: decoded bytes. depth: pages after the entry's first, 0 for the first."""

    url: str
    body: bytes
    content_type: str | None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Discovered:
    """Candidates in the order they stand, and the address that goes on where this page ends, None at the end."""

    candidates: tuple[Candidate, ...]
    next_url: str | None = None
