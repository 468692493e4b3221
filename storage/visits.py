"""What the runs saw of each source: the past that storage/health.py judges by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from storage.models import Capture, Page, Run, RunSource, Source

BLOCKS = frozenset({"forbidden", "login", "challenge", "blocked", "blocked by law", "too many requests"})
UNREACHED = frozenset(
    {"no such host", "refused", "connection", "timeout", "cut short", "ssl", "robots", "server error", *BLOCKS}
)
NOTHING_SHOWN = frozenset({"no links", "not as expected"})
INSTEAD = frozenset({"needs javascript", "soft 404", "redirect away"})
UNREAD = frozenset({"not readable", "reader timeout", "reader crashed", "reader fault", "empty", "encoding", *INSTEAD})
"""Classes of failure, see scraper/failures.py."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one finished run saw of a source; see `storage.models.RunSource`. failures: by class, how many. examples: of each, a few URLs.

    entries, unchanged: the entry points that answered, and of which 304. A run may leave some out, or ask known articles only.
    """

    run: int
    at: datetime
    asked: int = 0
    new: int = 0
    copies: int = 0
    other: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    broken: bool = False
    entries: frozenset[str] = frozenset()
    unchanged: frozenset[str] = frozenset()
    candidates: int | None = None
    articles: int = 0
    titled: int = 0
    dated: int = 0
    body_length: int | None = None
    language: str | None = None
    language_share: float = 0.0
    lost: int = 0
    strange: int = 0
    missed: dict[str, int] = field(default_factory=dict)

    def failed(self, classes: frozenset[str]) -> int:
        """How often a failure was one of these."""
        return sum(count for name, count in self.failures.items() if name in classes)

    @property
    def answered(self) -> bool:
        """Whether anything that was asked came back."""
        return self.failed(UNREACHED) < max(self.asked, 1)

    @property
    def shown(self) -> bool | None:
        """Whether the entry points showed candidates; None where they did not say (304, no answer, only a later page of a list)."""
        if self.failed(NOTHING_SHOWN):
            return False
        return True if self.candidates or self.new else None

    @property
    def pages(self) -> int:
        """Pages that were read, or should have been."""
        return self.articles + self.other - self.strange + self.failed(UNREAD)

    @property
    def revisited(self) -> int:
        """Articles read again."""
        return max(self.articles - self.new - self.copies, 0)


def load_visits(session: Session, runs: int) -> dict[str, list[Visit]]:
    """By slug of source, what its latest finished runs saw, oldest first. runs: how many of each source.

    A run that asked nothing of a source, as another crawl was at it, saw nothing of it.
    """
    place = func.row_number().over(partition_by=RunSource.source_id, order_by=RunSource.run_id.desc())
    latest = (
        select(RunSource.run_id, RunSource.source_id, place.label("place"))
        .join(Run, Run.id == RunSource.run_id)
        .where(Run.finished_at.is_not(None), RunSource.asked > 0)
        .subquery()
    )
    statement = (
        select(Source.slug, Run.started_at, *RunSource.__table__.columns)
        .join(Source, Source.id == RunSource.source_id)
        .join(Run, Run.id == RunSource.run_id)
        .join(latest, (latest.c.run_id == RunSource.run_id) & (latest.c.source_id == RunSource.source_id))
        .where(latest.c.place <= runs)
        .order_by(Source.slug, RunSource.run_id)
    )
    rows = session.execute(statement).all()
    answers = _entry_answers(session, first_run=min((row.run_id for row in rows), default=0))
    visits: dict[str, list[Visit]] = {}
    for row in rows:
        visits.setdefault(row.slug, []).append(_visit(row, answers.get((row.run_id, row.source_id), {})))
    entries = _entry_points(session)
    return {slug: carry_over(each, entries.get(slug, frozenset())) for slug, each in visits.items()}


def carry_over(visits: Sequence[Visit], entries: frozenset[str]) -> list[Visit]:
    """What an entry point failed with holds until it is asked again: a run that left it out counts as if it had met the same.

    visits: of one source, oldest first. entries: its entry points.
    """
    failing: dict[str, str] = {}
    carried = []
    for visit in visits:
        met = {
            url: name for name, urls in visit.examples.items() for url in urls if url in entries and name != "stopped"
        }
        answered = visit.entries | visit.unchanged | met.keys()
        left_out = {url: name for url, name in failing.items() if url not in answered}
        carried.append(_with_failures(visit, left_out))
        failing = left_out | met
    return carried


def _with_failures(visit: Visit, failing: Mapping[str, str]) -> Visit:
    if not failing:
        return visit
    failures, examples = dict(visit.failures), dict(visit.examples)
    for url, name in failing.items():
        failures[name] = failures.get(name, 0) + 1
        examples[name] = (url, *examples.get(name, ()))
    return replace(visit, asked=visit.asked + len(failing), broken=True, failures=failures, examples=examples)


def _entry_points(session: Session) -> dict[str, frozenset[str]]:
    """By slug of source, the addresses of its entry points."""
    statement = select(Source.slug, Page.fetch_url).join(Page, Page.source_id == Source.id).where(Page.role == "entry")
    entries: dict[str, set[str]] = {}
    for slug, url in session.execute(statement):
        entries.setdefault(slug, set()).add(url)
    return {slug: frozenset(urls) for slug, urls in entries.items()}


def _entry_answers(session: Session, first_run: int) -> dict[tuple[int | None, int], dict[str, int]]:
    """By run and source, the status (200 or 304) of the entry points that answered, those too that have left the catalogue since."""
    statement = (
        select(Capture.run_id, Page.source_id, Page.fetch_url, Capture.status)
        .join(Page, Page.id == Capture.page_id)
        .where(Page.entry_url == Page.fetch_url, Capture.run_id >= first_run, Capture.status.in_((200, 304)))
    )
    answers: dict[tuple[int | None, int], dict[str, int]] = {}
    for run, source, url, status in session.execute(statement):
        answers.setdefault((run, source), {})[url] = status
    return answers


def _visit(row: Row[Any], answers: dict[str, int]) -> Visit:
    return Visit(
        run=row.run_id,
        at=row.started_at,
        asked=row.asked,
        new=row.new,
        copies=row.copies,
        other=row.other,
        failures={name: failure["count"] for name, failure in row.failures.items()},
        examples={name: tuple(each["url"] for each in failure["examples"]) for name, failure in row.failures.items()},
        broken=bool(row.broken),
        entries=frozenset(url for url, status in answers.items() if status == 200),
        unchanged=frozenset(url for url, status in answers.items() if status == 304),
        candidates=row.candidates,
        articles=row.articles or 0,
        titled=row.titled or 0,
        dated=row.dated or 0,
        body_length=row.body_length,
        language=row.language,
        language_share=row.language_share or 0.0,
        lost=row.lost or 0,
        strange=row.strange or 0,
        missed=row.missed or {},
    )
