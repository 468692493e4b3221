"""What discovery takes and gives."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from storage.candidate import Candidate

logger = logging.getLogger(__name__)

MOST_CANDIDATES = 10_000
"""Candidates that are taken from one answer: its sender must not be able to fill the frontier."""


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


def bounded(answer: Answer, candidates: Iterable[Candidate], most: int = MOST_CANDIDATES) -> tuple[Candidate, ...]:
    """The first candidates of an answer. Said in the log where there are more."""
    first = tuple(islice(candidates, most + 1))
    if len(first) > most:
        logger.warning("%s lists more than %d pages: the rest is left out", answer.url, most)
    return first[:most]
