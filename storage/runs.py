"""The ledger of crawls: what each asked of each source, what came of it, and why anything failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median_low
from time import monotonic
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from storage.models import Run, RunSource, WarcFile

COUNTS = (
    "asked", "new", "changed", "unchanged", "copies", "other", "failed", "broken", "candidates", "lost", "strange",
)  # fmt: skip
"""What a `RunSource` says as its tally says it."""

EXAMPLES = 3
"""URLs that are kept of each class of failure."""


@dataclass(slots=True)
class FailureTally:
    """Failures of one class. examples: (URL, message) of the first few."""

    count: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def add(self, url: str, message: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append((url, message))


@dataclass(slots=True)
class ArticleTally:
    """What the articles that were read are like. lengths: of each text, in characters. languages: BCP 47, where known.

    missed: on how many each of the source's own selectors found nothing where something was found without it.
    """

    titled: int = 0
    dated: int = 0
    lengths: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(
        self, *, title: str | None, text: str, language: str | None, dated: bool, missed: Sequence[str] = ()
    ) -> None:
        """Count one more. missed: names of selectors."""
        self.missed.update(missed)
        self.titled += bool(title)
        self.dated += dated
        self.lengths.append(len(text))
        if language is not None:
            self.languages[language] += 1


@dataclass(slots=True)
class SourceTally:
    """What a run did with one source so far; see `storage.models.RunSource`. broken: an entry point could not be used.

    candidates: links that entry points and lists showed, None while none of them has answered anew. read: the articles among the pages.
    lost: pages that had an article and now read as none. strange: of `other`, those at no article's kind of address.
    began: by `time.monotonic`. seconds: from then to the last thing that happened.
    """

    asked: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0
    other: int = 0
    began: float = field(default_factory=monotonic)
    seconds: float = 0.0
    failures: dict[str, FailureTally] = field(default_factory=dict)
    broken: bool = False
    candidates: int | None = None
    read: ArticleTally = field(default_factory=ArticleTally)
    lost: int = 0
    strange: int = 0

    @property
    def failed(self) -> int:
        """All failures of all classes."""
        return sum(tally.count for tally in self.failures.values())

    def show(self, candidates: int) -> None:
        """Count what an entry point, or a list that it leads to, showed."""
        self.candidates = (self.candidates or 0) + candidates

    def fail(self, failure: str, url: str, message: str) -> None:
        """Count a failure under its class."""
        self.failures.setdefault(failure, FailureTally()).add(url, message)


def start_run(session: Session, now: datetime, *, version: str, process: int) -> int:
    """Begin a run; returns its number."""
    run = Run(started_at=now, version=version, process=process)
    session.add(run)
    session.flush()
    return run.id


def finish_run(session: Session, run_id: int, now: datetime, reason: str) -> None:
    """The run is over. reason: ``finished``, or what stopped it."""
    run = session.get_one(Run, run_id)
    run.finished_at, run.reason = now, reason


def save_tally(session: Session, run_id: int, source_id: int, tally: SourceTally) -> None:
    """Insert or update what the run did with a source."""
    connection, values = session.connection(), _columns(tally)
    this = update(RunSource).where(RunSource.run_id == run_id, RunSource.source_id == source_id)
    if connection.execute(this, values).rowcount == 0:
        connection.execute(insert(RunSource), {"run_id": run_id, "source_id": source_id, **values})


def _columns(tally: SourceTally) -> dict[str, Any]:
    read, count = tally.read, len(tally.read.lengths)
    language = max(read.languages, key=read.languages.__getitem__, default=None)
    return {
        **{name: getattr(tally, name) for name in COUNTS},
        "seconds": round(tally.seconds, 3),
        "failures": {
            name: {
                "count": each.count,
                "examples": [{"url": url, "message": message} for url, message in each.examples],
            }
            for name, each in sorted(tally.failures.items())
        },
        "articles": count,
        "titled": read.titled,
        "dated": read.dated,
        "body_length": median_low(read.lengths) if count else None,
        "language": language,
        "language_share": round(read.languages[language] / count, 3) if language else None,
        "missed": dict(sorted(read.missed.items())),
    }


def list_runs(session: Session, limit: int = 20) -> Sequence[Run]:
    """The latest runs, newest first."""
    return session.scalars(select(Run).order_by(Run.id.desc()).limit(limit)).all()


def run_sources(session: Session, run_id: int) -> Sequence[RunSource]:
    """What a run did, source by source."""
    rows = session.scalars(select(RunSource).where(RunSource.run_id == run_id)).all()
    return sorted(rows, key=lambda row: row.source.slug)


def open_warc_file(session: Session, name: str, now: datetime) -> None:
    """Note that a WARC file is in use; it counts as unfinished until `close_warc_file`."""
    if session.get(WarcFile, name) is None:
        session.add(WarcFile(name=name, opened_at=now))


def close_warc_file(session: Session, name: str, now: datetime) -> None:
    """Every capture in the file is in the database."""
    open_warc_file(session, name, now)
    session.flush()
    session.get_one(WarcFile, name).closed_at = now
