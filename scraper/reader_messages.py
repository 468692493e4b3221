"""What the crawl and its reader processes say to each other: pickled values behind their length, both ends our own code."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from scraper.reading.model import Found, Page, Reading, Rules

if TYPE_CHECKING:
    from scraper.reading.obstacles import Obstacle

READY = "ready"
"""What a reader says first: its parent's imports take longer than most pages."""

DISK_FULL = "disk full"
"""The failure of a reader that had no room for a file of its own."""

LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Which capture to read, and what is known of it. offset: of the record in the WARC file. max_bytes: of the decoded body."""

    warc_path: Path
    offset: int
    url: str
    rules: Rules
    found: Found
    max_bytes: int


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page that is in no WARC file. headers: of its answer, by name in lower case, where there are any."""

    page: Page
    rules: Rules = field(default_factory=Rules)
    headers: dict[str, str] = field(default_factory=dict)
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """A reading, or why there is none: a class of failure and a sentence.

    obstacle, cpu_ms: what stands in the article's stead, and the milliseconds of CPU that reading took; only for a `PageRequest`, whose
    reading is given beside the obstacle.
    """

    reading: Reading | None
    failure: tuple[str, str] | None = None
    obstacle: Obstacle | None = None
    cpu_ms: float | None = None


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """Which captures of a site's pages to learn from: the path of each one's WARC file, its offset, its address. Where the offset is None,
    the path is that of the page itself. The answer is a `scraper.reading.repeats.Repeats`, or None where too few of them can be read.
    """

    captures: tuple[tuple[Path, int | None, str], ...]
    rules: Rules


def packed(value: Any) -> bytes:
    """A value as it goes over a socket."""
    data = pickle.dumps(value)
    return LENGTH.pack(len(data)) + data


def receive(stream: BinaryIO) -> Any:
    """The next value of a stream, None at its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return pickle.loads(stream.read(LENGTH.unpack(head)[0]))  # noqa: S301 - the other end is our own process
