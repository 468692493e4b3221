"""How words get to the terminal: right to left where they run so, highlighted, and as JSON for machines."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from storage.models import Capture

BLOCKS, ASCII_BLOCKS = "▁▂▃▄▅▆▇█", "_.-:=+*#"
"""Heights of a sparkline, from none to the most; the second where the terminal has no blocks."""

VISIBLE = {number: 0x2400 + number for number in range(32) if chr(number) not in "\t\n"} | dict.fromkeys(
    range(127, 160), 0xFFFD
)
"""Pictures of control characters: what a site sends must not command the terminal that shows it."""

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def print_json(value: Any) -> None:
    """One JSON value on one line."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    print(line if _has_letters(sys.stdout, line) else json.dumps(value, separators=(",", ":")))


def console(*, to_stderr: bool = False) -> Console:
    """A console as wide as the terminal; 100 columns where there is none. Letters that its encoding lacks are shown as ``?``."""
    from rich.console import Console

    stream: Any = sys.stderr if to_stderr else sys.stdout
    stream.reconfigure(errors="replace")
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


def sparkline(counts: Sequence[int | None]) -> str:
    """Counts as blocks, one each: the lowest is none, the highest the most. By logarithm, as a first crawl dwarfs every later one.

    None leaves a gap. Blocks have no direction of their own: a line that begins with a source's name keeps them in order (UAX 9).
    """
    blocks = BLOCKS if _has_letters(sys.stdout, BLOCKS) else ASCII_BLOCKS
    most = math.log1p(max((count for count in counts if count is not None), default=0))
    return "".join(
        " " if count is None else blocks[math.ceil(math.log1p(count) / most * 7) if count else 0] for count in counts
    )


def capture_words(capture: Capture) -> str:
    """Where a capture came from and where its bytes lie, and how to look at them."""
    place = f"{capture.warc_file} at byte {capture.warc_offset}"
    return f"{isolated(address_words(capture.url))}, run {capture.run_id}, {place}: elchi show capture:{capture.id}"


def visible(words: str) -> str:
    """Words of a site as they may be shown: no control characters but tab and line break."""
    return words.replace("\r\n", "\n").translate(VISIBLE)


def _has_letters(stream: TextIO, words: str) -> bool:
    """Whether all of these letters exist in the encoding of a stream."""
    try:
        words.encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True


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
