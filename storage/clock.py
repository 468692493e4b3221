"""What time it is: the machine's time, unless a rehearsal began at another moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_ahead = timedelta(0)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC) + _ahead


def begin_at(moment: datetime) -> None:
    """From now on it is that moment, and the clock goes on from there."""
    global _ahead
    _ahead = moment - datetime.now(UTC)
