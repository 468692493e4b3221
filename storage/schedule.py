"""When things are asked again: a page later and later while it stays the same, an entry point as often as it brings something new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.fetched import NextVisits

DAY = timedelta(days=1)

FIRST, LONGEST = 2 * DAY, 128 * DAY
"""From a page's change to its next visit, and the longest time between two visits."""

AFTER_FAILURE, LONGEST_AFTER_FAILURE = DAY, 64 * DAY
"""From a failed visit to the next, doubled each time."""

EARLY = 0.1
"""An entry point is due when so much of its interval is left: cron starts at one hour, and a crawl takes its time to come to a source."""

TRUST = 14 * DAY
"""How long after its last full answer a page is asked with conditions: what says 304 for ever would never be seen again."""

SWEEP, SPREAD = 21 * DAY, 14
"""A list is followed to its end again after so long, and up to `SPREAD` days more, for what was put into its midst."""

WINDOW = 28 * DAY
"""The time over which visits to known articles are weighed against new ones."""

ONE_A = 7 * DAY
"""However little is new, one known article may be seen again in this time."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """The least and most time between two questions to an entry point."""

    shortest: timedelta = DAY
    longest: timedelta = 7 * DAY


DAILY = Cadence()


def next_visits(now: datetime, unchanged: int) -> NextVisits:
    """For a page that was found unchanged `unchanged` times in a row before this visit: 2, 4, 8, ... up to 128 days."""
    return NextVisits(if_changed=now + FIRST, if_unchanged=now + min(FIRST * 2 ** min(unchanged + 1, 10), LONGEST))


def retry_at(now: datetime, failures: int, cadence: Cadence | None) -> datetime:
    """When to ask again what failed, and had failed `failures` times in a row before. cadence: of an entry point, None for a page."""
    first = cadence.shortest * (1 - EARLY) if cadence else AFTER_FAILURE
    longest = min(cadence.longest, 4 * cadence.shortest) if cadence else LONGEST_AFTER_FAILURE
    wished: timedelta = first * 2 ** min(failures, 10)
    return now + min(wished, longest)


def next_interval(interval: timedelta | None, elapsed: timedelta | None, new: int, cadence: Cadence) -> timedelta:
    """How often an entry point is asked from now on: as often as it brings something new.

    interval: how often it was so far, None at first. elapsed: since its last answer. new: links that it brought now.
    """
    if interval is None or elapsed is None:
        wished = cadence.shortest
    elif new:
        wished = (interval + elapsed / new) / 2
    else:
        wished = interval + min(elapsed, interval) / 2
    return min(max(wished, cadence.shortest), cadence.longest)


def ask_after(interval: timedelta) -> timedelta:
    """How long after an answer an entry point is due again."""
    return interval * (1 - EARLY)


def is_sweep_due(swept_at: datetime | None, now: datetime, seed: int) -> bool:
    """Whether a list should be followed to its end. seed: any number of its own, so that not all lists are swept on one day."""
    return swept_at is None or now - swept_at >= SWEEP + seed * 4 % (SPREAD + 1) * DAY


def is_trusted(full_at: datetime | None, now: datetime) -> bool:
    """Whether a page that last answered in full at `full_at` may be asked with conditions."""
    return full_at is not None and now - full_at < TRUST


def allowed_revisits(share: float, new: int, seen_again: int, weighed: timedelta) -> int:
    """How many known articles may be seen again now. share: for each new one.

    new, seen_again: articles of the last `weighed` of time, at most `WINDOW`.
    """
    return max(0, int(share * new + weighed / ONE_A) - seen_again)
