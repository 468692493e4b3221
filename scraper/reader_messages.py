"""What the crawl and its reader processes say to each other: pickled values behind their length, both ends our own code."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from scraper.reading.model import Found, Reading, Rules

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
class ReadAnswer:
    """A reading, or why there is none: a class of failure and a sentence."""

    reading: Reading | None
    failure: tuple[str, str] | None = None


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
