"""When a page should be seen again: soon after it changed, later and later while it stays the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.archive import NextVisits

FIRST = timedelta(days=1)
LONGEST = timedelta(days=64)
AFTER_FAILURE = timedelta(days=1)


def next_visits(now: datetime, unchanged: int) -> NextVisits:
    """For a page that was found unchanged `unchanged` times in a row before this visit: 1, 2, 4, ... up to 64 days."""
    return NextVisits(if_changed=now + FIRST, if_unchanged=now + min(FIRST * 2 ** min(unchanged + 1, 10), LONGEST))
