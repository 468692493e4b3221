"""What the runs saw of each source: the past that storage/health.py judges by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Run, RunSource, Source

BLOCKS = frozenset({"forbidden", "login", "challenge", "blocked", "blocked by law", "too many requests"})
UNREACHED = frozenset(
    {"no such host", "refused", "connection", "timeout", "cut short", "ssl", "robots", "server error", *BLOCKS}
)
NOTHING_SHOWN = frozenset({"no links", "not as expected"})
UNREAD = frozenset({"not readable", "reader timeout", "reader crashed", "reader fault", "empty", "encoding"})
"""Classes of failure, see scraper/failures.py."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one finished run saw of a source; see `storage.models.RunSource`. failures: by class, how many. example: of each, a URL."""

    run: int
    at: datetime
    asked: int = 0
    new: int = 0
    copies: int = 0
    other: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    example: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    candidates: int | None = None
    articles: int = 0
    titled: int = 0
    dated: int = 0
    body_length: int | None = None
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
        """Whether the entry points showed candidates; None where they did not say (304, or no answer)."""
        if self.candidates == 0 or self.failed(NOTHING_SHOWN):
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
    visits: dict[str, list[Visit]] = {}
    for slug, at, row in session.execute(statement):
        visits.setdefault(slug, []).append(_visit(at, row))
    return visits


def _visit(at: datetime, row: RunSource) -> Visit:
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
        candidates=row.candidates,
        articles=row.articles or 0,
        titled=row.titled or 0,
        dated=row.dated or 0,
        body_length=row.body_length,
        lost=row.lost or 0,
    )
