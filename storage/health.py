"""How a source does, judged by its own past: what each run saw of it is compared with the runs before.

All but `source_health` is pure: the runs of one source, oldest first, in; a judgement with its evidence out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from sqlalchemy.orm import Session

from storage.visits import BLOCKS, NOTHING_SHOWN, UNREACHED, UNREAD, Visit, load_visits

__all__ = ["Flag", "Health", "Visit", "find_flags", "judge", "source_health"]

DAY = timedelta(days=1)

State = Literal["fine", "learning", "quiet", "flagged", "failing"]
"""learning: too few runs to know what is usual. quiet: nothing new for longer than ever, and nothing wrong. flagged: something changed
for the worse. failing: the source, or an entry point of it, could not be used in its last run."""

KEPT = 100
"""Runs of a source that are looked at: its gaps between news are judged by all of them."""
USUAL = 20
"""Runs, among those in which it answered, that say what is usual."""
ENOUGH_RUNS = 5
"""Runs in which it answered before anything but a block is judged."""
ENOUGH_ARTICLES = 5
"""Pages over which a share is judged; of a slow source, those of several runs together."""
FILLED, EMPTY = 0.8, 0.3
"""A field that was filled in more than the first share of articles, and now in less than the second, has vanished."""
COLLAPSED = 0.25
"""Bodies shorter than this part of the usual length have collapsed."""
LEAST_SILENCE_DAYS = 14.0
SILENT_GAPS = 3
"""A silence counts from this many usual gaps between news, and half as much again as the longest."""

REMEDIES = {
    "blocked": "The site refuses us. Ask its operator; raise delay_seconds in the catalogue file. Elchi does not get around a block.",
    "no candidates": "Look whether the list was redesigned or moved, and correct the entry point in the catalogue file.",
    "no articles read": "Read a page by hand: elchi read URL. Selectors in the catalogue file may help.",
    "navigation as text": "Read one of these pages by hand: elchi read URL. Selectors in the catalogue file may help.",
    "titles vanished": "Read a new page by hand: elchi read URL. Set selectors.title in the catalogue file.",
    "dates vanished": "Read a new page by hand: elchi read URL. Set selectors.published in the catalogue file.",
    "bodies collapsed": "Read a new page by hand: elchi read URL. Set selectors.body in the catalogue file.",
    "silent": "Look at the site: its news may have moved to another address. Correct the entry point in the catalogue file.",
}
"""By flag, what a person can do."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that changed for the worse. before, after: the evidence. example: a URL to look at, None where no one page shows it."""

    name: str
    before: str
    after: str
    example: str | None = None

    @property
    def remedy(self) -> str:
        """What a person can do."""
        return REMEDIES[self.name]


@dataclass(frozen=True, slots=True)
class Health:
    """A judgement. last: the latest run. last_new: when a run last brought a new article. news: new articles by run, oldest first.

    newly: names of the flags that the run before did not have.
    """

    state: State
    last: Visit
    last_new: datetime | None
    news: tuple[int, ...]
    flags: tuple[Flag, ...]
    newly: tuple[str, ...]


def source_health(session: Session) -> dict[str, Health]:
    """By slug, every source that a finished run has asked."""
    return {slug: judge(visits) for slug, visits in load_visits(session, KEPT).items()}


def judge(visits: Sequence[Visit]) -> Health:
    """How a source does. visits: its finished runs, oldest first, at least one."""
    flags, last = find_flags(visits), visits[-1]
    before = {flag.name for flag in find_flags(visits[:-1])}
    with_news = [visit.at for visit in visits if visit.new]
    return Health(
        state=_state(visits, flags),
        last=last,
        last_new=with_news[-1] if with_news else None,
        news=tuple(visit.new for visit in visits[-USUAL:]),
        flags=flags,
        newly=tuple(flag.name for flag in flags if flag.name not in before),
    )


def find_flags(visits: Sequence[Visit]) -> tuple[Flag, ...]:
    """What changed for the worse. While a source is learned, only a block is seen; while it is down, what it last showed counts."""
    found = [_blocked(visits[-1])] if visits else []
    answered = [visit for visit in visits if visit.answered]
    if len(answered) > ENOUGH_RUNS:
        judges = (_no_candidates, _no_articles, _navigation, _titles, _dates, _bodies)
        found += [*(each(answered[-USUAL - 1 :]) for each in judges), _silent(answered)]
    return tuple(flag for flag in found if flag is not None)


def _state(visits: Sequence[Visit], flags: Sequence[Flag]) -> State:
    answered = [visit for visit in visits if visit.answered]
    blocked = any(flag.name == "blocked" for flag in flags)
    if not visits[-1].answered and not blocked:
        return "failing"
    if flags:
        return "flagged"
    if visits[-1].broken:
        return "failing"
    if len(answered) <= ENOUGH_RUNS:
        return "learning"
    gaps, silence = _gaps(answered)
    return "quiet" if silence > max(gaps, default=LEAST_SILENCE_DAYS) else "fine"


def _blocked(last: Visit) -> Flag | None:
    """Refused for the most part; or refused, and nothing else can have broken the entry point."""
    refused = last.failed(BLOCKS)
    entry = last.broken and not last.failed((UNREACHED - BLOCKS) | NOTHING_SHOWN)
    if not refused or not (entry or 2 * refused > last.asked):
        return None
    names = [name for name in sorted(last.failures) if name in BLOCKS]
    what = ", ".join(f"{name} {last.failures[name]}" for name in names)
    return Flag("blocked", "answered", f"{what} of {last.asked} requests", last.example.get(names[0]))


def _no_candidates(visits: Sequence[Visit]) -> Flag | None:
    """The entry points showed nothing when they last showed anything anew, where they mostly showed some."""
    told = [visit for visit in visits if visit.shown is not None]
    if not told or told[-1].shown:
        return None
    past, last = told[:-1], told[-1]
    if len(past) < ENOUGH_RUNS or 2 * sum(visit.shown is True for visit in past) <= len(past):
        return None
    counts = [visit.candidates for visit in past if visit.candidates]
    before = f"{median(counts):.0f} links in a usual run" if counts else "links in every usual run"
    example = next((last.example[name] for name in sorted(NOTHING_SHOWN) if name in last.example), None)
    return Flag("no candidates", before, f"none in run {last.run}", example)


def _no_articles(visits: Sequence[Visit]) -> Flag | None:
    before, after, count = _shares(visits, lambda visit: visit.articles, lambda visit: visit.pages)
    if before <= 0.5 or after >= EMPTY:
        return None
    last = visits[-1]
    example = next((last.example[name] for name in sorted(UNREAD) if name in last.example), None)
    return Flag("no articles read", f"{before:.0%} of pages read as articles", f"{after:.0%} of {count}", example)


def _navigation(visits: Sequence[Visit]) -> Flag | None:
    """Most of what used to be articles now reads as a list, or as nothing."""
    recent = _recent(visits, lambda visit: visit.revisited + visit.lost)
    lost = sum(visit.lost for visit in recent)
    seen = lost + sum(visit.revisited for visit in recent)
    if seen < ENOUGH_ARTICLES or 2 * lost <= seen:
        return None
    return Flag("navigation as text", f"{seen} pages were articles", f"{lost} of them read as a list or as nothing")


def _titles(visits: Sequence[Visit]) -> Flag | None:
    return _vanished("titles vanished", "with a title", visits, lambda visit: visit.titled)


def _dates(visits: Sequence[Visit]) -> Flag | None:
    return _vanished("dates vanished", "with a date", visits, lambda visit: visit.dated)


def _vanished(name: str, what: str, visits: Sequence[Visit], filled: Callable[[Visit], int]) -> Flag | None:
    before, after, count = _shares(visits, filled, lambda visit: visit.articles)
    if before <= FILLED or after >= EMPTY:
        return None
    return Flag(name, f"{before:.0%} of articles {what}", f"{after:.0%} of the last {count}")


def _bodies(visits: Sequence[Visit]) -> Flag | None:
    recent = _recent(visits, lambda visit: visit.articles)
    past = [visit.body_length for visit in visits[: len(visits) - len(recent)] if visit.body_length is not None]
    lengths = [visit.body_length for visit in recent if visit.body_length is not None]
    if not past or not lengths or sum(visit.articles for visit in recent) < ENOUGH_ARTICLES:
        return None
    before, after = median(past), median(lengths)
    if after >= COLLAPSED * before:
        return None
    return Flag("bodies collapsed", f"{before:.0f} characters in a usual text", f"{after:.0f} in the latest")


def _silent(visits: Sequence[Visit]) -> Flag | None:
    """Holidays do not cry wolf: a source is silent when it is so for much longer than it ever was."""
    gaps, silence = _gaps(visits)
    if len(gaps) < ENOUGH_RUNS or silence < max(LEAST_SILENCE_DAYS, SILENT_GAPS * median(gaps), 1.5 * max(gaps)):
        return None
    before = f"news every {_days(median(gaps))}, {_days(max(gaps))} at the longest"
    return Flag("silent", before, f"none for {_days(silence)}")


def _gaps(visits: Sequence[Visit]) -> tuple[list[float], float]:
    """The days between runs that brought something new, and the days since the last of them until the last run."""
    news = [visit.at for visit in visits if visit.new]
    gaps = [(later - earlier) / DAY for earlier, later in pairwise(news)]
    return gaps, (visits[-1].at - news[-1]) / DAY if news else 0.0


def _recent(visits: Sequence[Visit], count: Callable[[Visit], int]) -> Sequence[Visit]:
    """The latest runs that together have enough to be judged; all where there are not enough."""
    total = 0
    for start in range(len(visits) - 1, -1, -1):
        total += count(visits[start])
        if total >= ENOUGH_ARTICLES:
            return visits[start:]
    return visits


def _shares(
    visits: Sequence[Visit], part: Callable[[Visit], int], whole: Callable[[Visit], int]
) -> tuple[float, float, int]:
    """The usual share, the latest one, and over how many; 0, 1, 0 where there are too few of either.

    The usual is a median over runs: for as long as most of them were well, what is wrong does not become usual.
    """
    recent = _recent(visits, whole)
    past = [part(visit) / whole(visit) for visit in visits[: len(visits) - len(recent)] if whole(visit)]
    count = sum(map(whole, recent))
    if not past or count < ENOUGH_ARTICLES:
        return 0.0, 1.0, 0
    return median(past), sum(map(part, recent)) / count, count


def _days(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0") + (" day" if round(days, 1) == 1 else " days")
