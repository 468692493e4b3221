"""The archive as its readers use it: search, look at one article, take all of them out. Never writes but to the search index."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from storage.database import Database
from storage.errors import IndexBusy, RunUnknown
from storage.health import Health, source_health
from storage.models import Run, RunSource
from storage.records import article_record, article_records, capture_record, find_article, find_capture
from storage.runs import list_runs, run_sources
from storage.search.index import SearchIndex, SearchResults
from storage.search.query import SearchQuery
from storage.search.results import FoundArticle, load_hits
from storage.sources import article_counts
from storage.warc import ArchivedResponse, read_record

EXPORT_BATCH = 200


def open_library(home: str | Path | None = None, database_url: str | None = None) -> Library:
    """The archive of ELCHI_HOME and ELCHI_DATABASE_URL, or of the folder and database given. Raises `storage.errors.DatabaseError`."""
    from scraper import settings

    if home is not None and database_url is None:
        database_url = f"sqlite:///{Path(home).absolute()}/elchi.sqlite"
    return Library(Path(home or settings.ELCHI_HOME), database_url or settings.ELCHI_DATABASE_URL)


class Library:
    """An open archive. home: its folder. database_url: SQLAlchemy URL of SQLite or PostgreSQL."""

    def __init__(self, home: Path, database_url: str) -> None:
        self._home = home
        self.database = Database(database_url)
        self.database.migrate()
        self._index = SearchIndex(home / "index", self.database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index and the database."""
        self._index.close()
        self.database.close()

    def search(self, words: str = "", **filters: Any) -> list[FoundArticle]:
        """The articles found, best first. filters: the fields of `storage.search.query.SearchQuery`. Raises `QueryError`."""
        return self.find(SearchQuery(words, **filters))[1]

    def find(self, query: SearchQuery) -> tuple[int, list[FoundArticle]]:
        """How many articles match, and those that the query asks for, ready to show."""
        results = self._results(query)
        with self.database.read() as session:
            return results.total, load_hits(session, results, query)

    def article(self, name: str) -> dict[str, Any]:
        """All that is known of an article, by its number or any of its addresses. Raises `ArticleUnknown`."""
        with self.database.read() as session:
            return article_record(session, find_article(session, name))

    def capture(self, number: str) -> tuple[dict[str, Any], ArchivedResponse]:
        """Where the bytes of a capture lie, and the answer as it came. Raises `CaptureUnknown`, and `RecordMissing` where it is lost."""
        with self.database.read() as session:
            record = capture_record(find_capture(session, number))
        return record, read_record(self._home / "warc" / record["warc_file"], record["warc_offset"])

    def export(self, query: SearchQuery) -> Iterator[dict[str, Any]]:
        """Every article that matches, as a record; in the query's order, whatever its limit."""
        total = self._results(replace(query, limit=0, offset=0)).total
        numbers = [hit.article_id for hit in self._results(replace(query, limit=total, offset=0)).hits]
        for start in range(0, len(numbers), EXPORT_BATCH):
            with self.database.read() as session:
                yield from article_records(session, numbers[start : start + EXPORT_BATCH])

    def runs(self, limit: int = 20) -> Sequence[tuple[Run, Sequence[RunSource]]]:
        """The latest crawls, newest first, each with what it did source by source."""
        with self.database.read() as session:
            return [(run, run_sources(session, run.id)) for run in list_runs(session, limit)]

    def run(self, number: int | None = None) -> tuple[Run, Sequence[RunSource]]:
        """One crawl, the last where no number is given. Raises `RunUnknown`."""
        with self.database.read() as session:
            run = next(iter(list_runs(session, 1)), None) if number is None else session.get(Run, number)
            if run is None:
                what = "no run yet" if number is None else f"no run {number}"
                raise RunUnknown(f"There was {what}. elchi runs lists those there were.")
            return run, run_sources(session, run.id)

    def health(self) -> dict[str, Health]:
        """By slug of source, how it does: every source that a finished crawl has asked."""
        with self.database.read() as session:
            return source_health(session)

    def article_counts(self) -> dict[str, int]:
        """By slug of source, how many articles it carries."""
        with self.database.read() as session:
            return article_counts(session)

    def _results(self, query: SearchQuery) -> SearchResults:
        with contextlib.suppress(IndexBusy):  # a crawl is writing it: what it has so far is searched
            self._index.catch_up()
        return self._index.search(query)
