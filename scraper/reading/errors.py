"""What reading may raise.

ReadingError
├── NotReadable     the capture is not a page: a PDF, an image, an archive
└── BadRecord       the capture should be a JSON record and is not, or lacks a field that the catalogue names
"""

from __future__ import annotations


class ReadingError(Exception):
    """A capture could not be read. url: the page's address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class NotReadable(ReadingError):
    """The bytes are neither HTML nor text."""


class BadRecord(ReadingError):
    """The bytes are not the JSON record that the source's catalogue file promises."""
