"""What a page says: `read_page` turns one capture's bytes into a `Reading`. Pure, and without Scrapy or the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.reading.errors import BadRecord, NotReadable, ReadingError
from scraper.reading.model import (
    Calendar,
    Country,
    DateFact,
    Found,
    Kind,
    Link,
    Page,
    Precision,
    Reading,
    RecordFields,
    Rules,
    Selectors,
)

if TYPE_CHECKING:
    from scraper.reading.reader import read_page

__all__ = [
    "BadRecord",
    "Calendar",
    "Country",
    "DateFact",
    "Found",
    "Kind",
    "Link",
    "NotReadable",
    "Page",
    "Precision",
    "Reading",
    "ReadingError",
    "RecordFields",
    "Rules",
    "Selectors",
    "read_page",
]


def __getattr__(name: str) -> Any:
    """Bring `read_page` when it is first asked for: who only wants the values must not pay for trafilatura."""
    if name == "read_page":
        from scraper.reading.reader import read_page

        return read_page
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
