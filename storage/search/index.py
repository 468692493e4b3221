"""The search index: embedded, follows the database by change number, and can be built again from it at any time."""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tantivy import Index, IndexWriter, Query, Schema, Searcher, TextAnalyzerBuilder, Tokenizer

from storage.database import Database
from storage.errors import IndexBusy
from storage.search.changes import newest_change, read_changes
from storage.search.matching import make_query
from storage.search.query import SearchQuery
from storage.search.schema import VERSION, WORDS, make_document, make_schema

log = logging.getLogger(__name__)

HEAP_BYTES = 64_000_000
"""What tantivy gathers before it writes a segment."""

BATCH = 500
"""Articles read from the database at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. score: greater is better; None where the order is by date."""

    article_id: int
    score: float | None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """total: how many articles match, exactly. hits: those between the query's offset and limit, best first."""

    total: int
    hits: tuple[Hit, ...]


class SearchIndex:
    """The owner of the index in a folder.

    commit_every: articles after which what was written is kept for good and can be found.
    One process may write; any number may search meanwhile, and see each commit once it is made.
    """

    def __init__(self, folder: Path, database: Database, *, commit_every: int = 5000) -> None:
        self.folder = folder
        self._database = database
        self._commit_every = commit_every
        self._schema = make_schema()
        self._path = folder / f"v{VERSION}"
        self._index: Index | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. A later search opens them again."""
        self._index = None

    def catch_up(self, limit: int | None = None) -> int:
        """Write what changed in the database since the index last did; how many articles that were.

        limit: stop after about so many; articles that share a change number are not parted. An index that cannot be opened, is of
        another version, or is ahead of the database (which then is another one) is built anew, and a warning logged.
        Raises `IndexBusy`.
        """
        with self._writing() as (index, writer):
            since = _highest_change(index)
            with self._database.read() as session:
                newest = newest_change(session)
            if since > newest:
                log.warning("%s: its change %d is after the database's %d; building it anew", self._path, since, newest)
                return self._write_anew(writer)
            return self._write(writer, since, limit, self._commit_every) if since < newest else 0

    def rebuild(self) -> int:
        """Build the index anew from the database; how many articles were written. Until it is done, searches find the old one.

        Raises `IndexBusy`.
        """
        with self._writing() as (_, writer):
            return self._write_anew(writer)

    def search(self, query: SearchQuery) -> SearchResults:
        """Ask the index as it stands. One that is missing or cannot be opened is built first.

        Raises `QueryError`, and `IndexBusy` when another process is building it just now.
        """
        asked = make_query(self._schema, query)
        searcher = self._searcher()
        by_date = query.order == "date" or not query.words.strip()
        sort = "newest" if by_date else None
        # tantivy refuses a limit of 0, which is a fair question: how many are there?
        found = searcher.search(asked, limit=max(query.limit, 1), offset=query.offset, order_by_field=sort)
        best = found.hits[: query.limit]
        numbers = searcher.fast_field_values("article_id", [address for _, address in best])
        hits = (
            Hit(int(number or 0), None if by_date else float(score))
            for number, (score, _) in zip(numbers, best, strict=True)
        )
        return SearchResults(found.count, tuple(hits))  # type: ignore[attr-defined]  # missing in tantivy's stubs

    def _searcher(self) -> Searcher:
        try:
            if self._index is None:
                self._index = _open(self._path, self._schema)
            self._index.reload()
        except (FileNotFoundError, ValueError):
            self.close()
            self.catch_up()
            self._index = _open(self._path, self._schema)
        return self._index.searcher()

    @contextmanager
    def _writing(self) -> Iterator[tuple[Index, IndexWriter]]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder / "writer.lock"):
            index = self._open_or_make()
            try:
                writer = index.writer(HEAP_BYTES, num_threads=1)
            except ValueError as error:
                raise _busy(self._path) from error
            try:
                yield index, writer
            finally:
                writer.wait_merging_threads()

    def _open_or_make(self) -> Index:
        for other in self.folder.glob("v*"):
            if other != self._path:
                log.warning("%s was written by another version of Elchi; building the index anew", other)
                shutil.rmtree(other)
        try:
            return _open(self._path, self._schema)
        except FileNotFoundError:
            shutil.rmtree(self._path, ignore_errors=True)
        except ValueError as error:
            log.warning("%s cannot be opened (%s); building the index anew", self._path, error)
            shutil.rmtree(self._path)
        self._path.mkdir()
        return _prepared(Index(self._schema, path=str(self._path)))

    def _write_anew(self, writer: IndexWriter) -> int:
        # One commit, at the end: until then, and after a kill, the old index stands.
        writer.delete_documents_by_query(Query.all_query())
        return self._write(writer, since=0, limit=None, commit_every=None)

    def _write(self, writer: IndexWriter, since: int, limit: int | None, commit_every: int | None) -> int:
        written = committed = 0
        while limit is None or written < limit:
            with self._database.read() as session:
                entries = read_changes(session, since, BATCH if limit is None else min(BATCH, limit - written))
            if not entries:
                break
            # By query: in an unsigned field, tantivy-py 0.27's delete_documents_by_term finds nothing and says nothing.
            numbers = [entry.article_id for entry in entries]
            writer.delete_documents_by_query(Query.term_set_query(self._schema, "article_id", numbers))
            for entry in entries:
                writer.add_document(make_document(entry))
            since, written = entries[-1].change, written + len(entries)
            if commit_every is not None and written - committed >= commit_every:
                writer.commit()
                committed = written
        writer.commit()
        return written


def _highest_change(index: Index) -> int:
    """Read from what is committed, so that a killed writer goes on where its last commit stands."""
    index.reload()
    newest = index.searcher().search(Query.all_query(), limit=1, order_by_field="change").hits
    return int(newest[0][0]) if newest else 0


def _open(path: Path, schema: Schema) -> Index:
    """The index in a folder. Raises FileNotFoundError where there is none, ValueError where it cannot be read."""
    if not (path / "meta.json").exists():
        raise FileNotFoundError(path)
    index = _prepared(Index(schema, path=str(path)))
    index.searcher()
    return index


def _prepared(index: Index) -> Index:
    index.register_tokenizer(WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Our own lock beside tantivy's: it holds while a broken index is taken away, too. The system frees it when its holder dies."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(path.parent) from error
        yield


def _busy(path: Path) -> IndexBusy:
    return IndexBusy(
        f"another process is writing the search index {path}. Wait for it, or search what is there: the next run catches up."
    )
