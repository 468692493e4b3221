"""When things are asked again: a page later and later while it stays the same, an entry point as often as it brings something new."""

from __future__ import annotations

import math
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

MEMORY = 4 * DAY
"""How fast the past of an entry point is forgotten: after so long it counts for a third."""

TRUST = 14 * DAY
"""How long after its last full answer a page is asked with conditions: what says 304 for ever would never be seen again."""

SWEEP, SPREAD = 21 * DAY, 14
"""A list is followed to its end again after so long, and up to `SPREAD` days more, for what was put into its midst."""

WINDOW = 28 * DAY
"""The time over which visits to known articles are weighed against new ones."""

AT_LEAST_ONE_IN = 7 * DAY
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


def next_gap(gap: timedelta | None, elapsed: timedelta | None, new: int, cadence: Cadence) -> timedelta:
    """The mean time between two news of an entry point, by all its answers so far: recent ones weigh more.

    gap: what it was thought to be, None at first. elapsed: since its last answer. new: links that it brought now.
    """
    if gap is None or elapsed is None:
        return cadence.shortest
    age = elapsed / MEMORY
    forgotten = math.exp(-age)
    share = (1 - forgotten) / age if age > 1e-6 else 1.0
    rate = forgotten / (gap / DAY) + share * new / (MEMORY / DAY)
    return min(DAY / max(rate, 1e-9), 2 * cadence.longest)


def ask_after(gap: timedelta, cadence: Cadence) -> timedelta:
    """How long after an answer an entry point is due again: as often as it brings something new, within the bounds."""
    return min(max(gap, cadence.shortest), cadence.longest) * (1 - EARLY)


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
    return max(0, int(share * new + weighed / AT_LEAST_ONE_IN) - seen_again)
