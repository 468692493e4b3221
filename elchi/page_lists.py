"""What ``elchi read`` is to read: files, standard input, addresses, and lists of files as JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.reader_messages import PageRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """One page to read. named: what says in the output which page it is. file: a path, or - for standard input.

    fault: why there is nothing to read, where the line of a list is wrong.
    """

    named: Mapping[str, Any]
    file: str = ""
    url: str | None = None
    fault: str | None = None


class PageList:
    """Lines {"file", "url"} of a file, or of standard input (-). They may be gone through more than once.

    A file's lines are not held in memory; those of a pipe, which gives them only once, are.
    """

    def __init__(self, name: str) -> None:
        self._name, self._path = name, Path(name)
        self._held: list[bytes] | None = None
        if name == "-":
            self._name, self._held = "standard input", list(sys.stdin.buffer)
        else:
            with self._path.open("rb") as file:
                if not self._path.is_file():
                    self._held = list(file)

    def __iter__(self) -> Iterator[Asked]:
        for number, line in enumerate(self._lines(), start=1):
            if line.strip():
                yield _asked(line, number, self._name)

    def __len__(self) -> int:
        return sum(1 for line in self._lines() if line.strip())

    def _lines(self) -> Iterator[bytes]:
        if self._held is not None:
            yield from self._held
            return
        with self._path.open("rb") as file:
            yield from file


def _asked(line: bytes, number: int, name: str) -> Asked:
    """One line of a list. Keys beside "file" and "url" are whoever made the list's own."""
    place = {"line": number}
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Asked(place, fault=f"line {number} of {name} is no JSON")
    file = row.get("file") if isinstance(row, dict) else None
    if not file or not isinstance(file, str):
        return Asked(
            place, fault=f'line {number} of {name} names no "file": a line is {{"file": "a.html", "url": "…"}}'
        )
    url = row.get("url")
    if url is not None and not isinstance(url, str):
        return Asked({"file": file}, fault=f'line {number} of {name}: its "url" is no text')
    return Asked({"file": file}, file, url)


def load(asked: Asked, max_bytes: int) -> PageRequest | str:
    """The page of a file, or a sentence that says why there is none. It counts as fetched when the file was last changed."""
    from datetime import UTC, datetime

    from scraper.reader_messages import PageRequest
    from scraper.reading.model import Page
    from storage import clock

    if asked.fault is not None:
        return asked.fault
    path = Path(asked.file)
    try:
        if asked.file == "-":
            body, changed_at = sys.stdin.buffer.read(max_bytes + 1), clock.now()
        else:
            with path.open("rb") as file:
                body = file.read(max_bytes + 1)
            changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        address = "" if asked.file == "-" else path.absolute().as_uri()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except (ValueError, OverflowError) as error:  # a NUL in a name, a time of change beyond the calendar
        return f"cannot be read: {error}"
    if len(body) > max_bytes:
        return f"larger than {max_bytes / 1_000_000:g} MB (ELCHI_PAGE_MEGABYTES)"
    return PageRequest(Page(asked.url or address, body, None, changed_at))
