"""How words get to the terminal: right to left where they run so, highlighted, and as JSON for machines."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def print_json(value: Any) -> None:
    """One JSON value on one line."""
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def console(*, to_stderr: bool = False) -> Console:
    """A console as wide as the terminal; 100 columns where there is none."""
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    return Console(file=stream, highlight=False, width=None if stream.isatty() else 100)


def isolated(words: str) -> str:
    """Words of either direction inside a line of the other: Unicode isolates keep the rest of the line in its order (UAX 9)."""
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if has_right_to_left(words) else words


def address_words(url: str) -> str:
    """An address as people read it (RFC 3987): its letters instead of percent signs. A browser takes it as well."""
    from urllib.parse import unquote

    try:
        words = unquote(url, errors="strict")
    except UnicodeDecodeError:
        return url
    return (
        words
        if not any(letter.isspace() or unicodedata.category(letter) in {"Cc", "Co", "Cs"} for letter in words)
        else url
    )


def has_right_to_left(words: str) -> bool:
    """Whether any letter runs from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)


def paragraph(words: str, ranges: Iterable[tuple[int, int]] = (), style: str = "") -> Text:
    """A paragraph on lines of its own, with ranges of characters highlighted.

    Terminals put the letters of a line in order and find its direction from the first of them, so a line holds one direction only,
    and begins with it: no indent, no frame.
    """
    from rich.text import Text

    text = Text(words, style=style)
    for start, end in ranges:
        text.stylize("bold yellow", start, end)
    return text


def day_words(day: Any, calendar: str | None) -> str:
    """A day in ISO 8601, and in the calendar that the page was written in: ``2024-08-19 (1403/05/29)``."""
    if day is None:
        return "no date"
    if calendar == "persian":
        from jdatetime import date as persian_date

        return f"{day.isoformat()} ({persian_date.fromgregorian(date=day).strftime('%Y/%m/%d')})"
    if calendar == "islamic":
        from hijridate import Gregorian

        return f"{day.isoformat()} ({Gregorian.fromdate(day).to_hijri().isoformat().replace('-', '/')})"
    return str(day.isoformat())
