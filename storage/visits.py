"""What the runs saw of each source: the past that storage/health.py judges by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
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
    """What one finished run saw of a source; see `storage.models.RunSource`. failures: by class, how many. example: of each, a URL.

    looked: whether an entry point answered; a run may ask known articles only. entries: numbers of those that answered anew (not 304).
    """

    run: int
    at: datetime
    asked: int = 0
    new: int = 0
    copies: int = 0
    other: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    example: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    looked: bool = True
    entries: frozenset[int] = frozenset()
    candidates: int | None = None
    articles: int = 0
    titled: int = 0
    dated: int = 0
    body_length: int | None = None
    language: str | None = None
    language_share: float = 0.0
    lost: int = 0

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
        return self.articles + self.other + self.failed(UNREAD)

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
        select(Source.slug, Run.started_at, RunSource)
        .join(Source, Source.id == RunSource.source_id)
        .join(Run, Run.id == RunSource.run_id)
        .join(latest, (latest.c.run_id == RunSource.run_id) & (latest.c.source_id == RunSource.source_id))
        .where(latest.c.place <= runs)
        .order_by(Source.slug, RunSource.run_id)
    )
    rows = session.execute(statement).all()
    entries = _answered_entries(session, first_run=min((row.run_id for _, _, row in rows), default=0))
    visits: dict[str, list[Visit]] = {}
    for slug, at, row in rows:
        visits.setdefault(slug, []).append(_visit(at, row, entries.get((row.run_id, row.source_id), {})))
    return visits


def _answered_entries(session: Session, first_run: int) -> dict[tuple[int | None, int], dict[int, bool]]:
    """By run and source, the entry points that answered, and whether anew."""
    statement = (
        select(Capture.run_id, Page.source_id, Page.id, Capture.status)
        .join(Page, Page.id == Capture.page_id)
        .where(Page.role == "entry", Capture.run_id >= first_run, Capture.status.in_((200, 304)))
    )
    answered: dict[tuple[int | None, int], dict[int, bool]] = {}
    for run, source, page, status in session.execute(statement):
        answered.setdefault((run, source), {})[page] = status == 200
    return answered


def _visit(at: datetime, row: RunSource, entries: dict[int, bool]) -> Visit:
    return Visit(
        run=row.run_id,
        at=at,
        asked=row.asked,
        new=row.new,
        copies=row.copies,
        other=row.other,
        failures={name: failure["count"] for name, failure in row.failures.items()},
        example={name: failure["examples"][0]["url"] for name, failure in row.failures.items() if failure["examples"]},
        broken=bool(row.broken),
        looked=bool(entries),
        entries=frozenset(page for page, anew in entries.items() if anew),
        candidates=row.candidates,
        articles=row.articles or 0,
        titled=row.titled or 0,
        dated=row.dated or 0,
        body_length=row.body_length,
        language=row.language,
        language_share=row.language_share or 0.0,
        lost=row.lost or 0,
    )
