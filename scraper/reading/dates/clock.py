"""The time of day that stands beside a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from scraper.reading.dates.tokens import Tokens
from scraper.reading.model import Precision

_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,:](\d{1,9}))?)?(?: ?(z|[+-]\d\d:?\d\d))?")

_HOURS = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0.0),
    **dict.fromkeys(("cet", "mez", "west"), 1.0),
    **dict.fromkeys(("cest", "mesz", "eet", "sast"), 2.0),
    **dict.fromkeys(("eest", "msk", "мск", "trt", "idt"), 3.0),
    "irst": 3.5,
    **dict.fromkeys(("gst", "azt", "amt"), 4.0),
    "aft": 4.5,
    **dict.fromkeys(("pkt", "uzt", "tjt", "tmt"), 5.0),
    "npt": 5.75,
    **dict.fromkeys(("wib", "ict"), 7.0),
    **dict.fromkeys(("wita", "hkt", "sgt", "ulat"), 8.0),
    **dict.fromkeys(("wit", "jst", "kst"), 9.0),
    "aest": 10.0,
    "aedt": 11.0,
    "edt": -4.0,
    "cdt": -5.0,
    "mdt": -6.0,
    "pdt": -7.0,
    "pst": -8.0,
}
ZONES = {name: timedelta(hours=hours) for name, hours in _HOURS.items()}
"""Names of zones that mean one offset. IST, CST and BST mean several, and "est" is French for "is": these say nothing."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, its offset from UTC where one is said, and whether seconds were."""

    time: time
    offset: timedelta | None
    precision: Precision


def read_clock(tokens: Tokens, start: int, end: int) -> Clock | None:
    """The first time of day among the tokens from start to end; None where there is none or it is impossible."""
    kinds = tokens.kinds[start:end]
    half = next((kind for kind in kinds if kind in "ap"), None)
    offset = ZONES.get(tokens.word(start + kinds.find("z"))) if "z" in kinds else None
    if (place := kinds.find("c")) >= 0:
        match = _TIME.match(tokens.word(start + place))
        return _clock_of_match(match, half, offset) if match else None
    numbers = [int(tokens.word(start + index)) for index, kind in enumerate(kinds) if kind == "d"]
    if not numbers:
        return None
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    return _clock(hour, minute, 0, half, offset, "minute")


def _clock_of_match(match: re.Match[str], half: str | None, offset: timedelta | None) -> Clock | None:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    precision: Precision = "second" if match[3] else "minute"
    return _clock(hour, minute, second, half, read_offset(match[5]) if match[5] else offset, precision)


def _clock(
    hour: int, minute: int, second: int, half: str | None, offset: timedelta | None, precision: Precision
) -> Clock | None:
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    return Clock(time(hour, minute, min(second, 59)), offset, precision)


def read_offset(written: str) -> timedelta | None:
    """``z``, ``+0500``, ``-03:30``. None for what no clock on Earth is set to."""
    if written == "z":
        return timedelta(0)
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if written[0] == "-" else offset
