"""Which of a source's own selectors are out of date: those that found nothing on a page where something was found without them."""

from __future__ import annotations

from typing import Final

from scraper.reading.model import Reading, Selectors

_FIELDS: Final = {
    "title": "title",
    "body": "text",
    "published": "published",
    "modified": "modified",
    "byline": "byline",
}
"""By selector, what it is to find."""


def missed_selectors(reading: Reading, selectors: Selectors) -> tuple[str, ...]:
    """The names of the selectors that missed, as the catalogue file has them. On a list, or on nothing, none has anything to find."""
    if reading.kind not in {"article", "page"}:
        return ()
    return tuple(
        name
        for name, field in _FIELDS.items()
        if (css := getattr(selectors, name)) and getattr(reading, field) and not _has_found(css, reading.why[field])
    )


def _has_found(css: str, why: str) -> bool:
    """Whether the evidence for a field names the selector: a date's begins with its method."""
    return why == f"the source's selector {css}" or why.startswith("selector: ")
