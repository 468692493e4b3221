"""How a source does, judged by its own past: what each run saw of it is compared with the runs before.

`judge` is pure: the runs of one source, oldest first, in; a judgement out. storage/flags.py says what is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from storage.evidence import find_proof
from storage.flags import ENOUGH_PAGES, ENOUGH_RUNS, LEAST_SILENCE_DAYS, USUAL, Flag, find_flags, gaps_between_news
from storage.visits import Visit, load_visits

__all__ = ["Flag", "Health", "Visit", "judge", "source_health"]

State = Literal["fine", "learning", "quiet", "flagged", "failing"]
"""learning: too few runs to know what is usual. quiet: nothing new for longer than ever, and nothing wrong. flagged: something changed
for the worse. failing: the source, or an entry point of it, could not be used in its last run."""

KEPT = 100
"""Runs of a source that are looked at: its gaps between news are judged by all of them."""


@dataclass(frozen=True, slots=True)
class Health:
    """A judgement. last: the latest run. last_new: when a run last brought a new article. news: new articles by run, oldest first.

    newly: names of the flags that the run before did not have. recovered: of those that it had, and this one has no more.
    """

    state: State
    last: Visit
    last_new: datetime | None
    news: tuple[int, ...]
    flags: tuple[Flag, ...]
    newly: tuple[str, ...]
    recovered: tuple[str, ...]


def source_health(session: Session) -> dict[str, Health]:
    """By slug, every source that a finished run has asked; each flag with the captures that prove it."""
    return {slug: _proven(session, slug, visits) for slug, visits in load_visits(session, KEPT).items()}


def judge(visits: Sequence[Visit]) -> Health:
    """How a source does. visits: its finished runs, oldest first, at least one."""
    flags, last = find_flags(visits), visits[-1]
    names, before = ([flag.name for flag in found] for found in (flags, find_flags(visits[:-1])))
    with_news = [visit.at for visit in visits if visit.new]
    return Health(
        state=_state(visits, flags),
        last=last,
        last_new=with_news[-1] if with_news else None,
        news=tuple(visit.new for visit in visits[-USUAL:]),
        flags=flags,
        newly=tuple(name for name in names if name not in before),
        recovered=tuple(name for name in before if name not in names),
    )


def _proven(session: Session, slug: str, visits: Sequence[Visit]) -> Health:
    health, runs = judge(visits), [visit.run for visit in visits]
    flags = tuple(replace(flag, proof=find_proof(session, slug, flag, runs)) for flag in health.flags)
    return replace(health, flags=flags)


def _state(visits: Sequence[Visit], flags: Sequence[Flag]) -> State:
    answered = [visit for visit in visits if visit.answered]
    blocked = any(flag.name == "blocked" for flag in flags)
    last = visits[-1]
    if not last.answered and not blocked and (last.broken or last.asked >= ENOUGH_PAGES):
        return "failing"
    if flags:
        return "flagged"
    if last.broken:
        return "failing"
    if len(answered) <= ENOUGH_RUNS:
        return "learning"
    gaps, silence = gaps_between_news(answered)
    return "quiet" if silence > max(gaps, default=LEAST_SILENCE_DAYS) else "fine"
