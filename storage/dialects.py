"""The one file that knows which database is underneath: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, DateTime, Engine, Executable, Integer, Text, create_engine, event, text
from sqlalchemy.engine import URL, Connection, Dialect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseFull,
    DatabaseUnreachable,
    UnsupportedDatabase,
)

WRITING: dict[str, Any] = {"elchi_writes": True}
"""Execution options of a connection that will write: its transaction waits for its turn before it reads anything."""

READING: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""Execution options of a connection that will read, so that all its statements see one state. SQLite always does so."""

WRITERS_TURN = 0x656C636869
"""PostgreSQL's advisory lock that writers take in turn ("elchi" in ASCII)."""

SQLITE_ERRORS: dict[type[DatabaseError], set[int]] = {
    DatabaseBusy: {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED},
    DatabaseFull: {sqlite3.SQLITE_FULL},
    DatabaseDamaged: {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB},
    DatabaseUnreachable: {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    },
}
"""Primary result codes, https://www.sqlite.org/rescode.html."""

POSTGRESQL_ERRORS: dict[type[DatabaseError], tuple[str, ...]] = {
    DatabaseBusy: ("55P03", "40001", "40P01", "57014"),
    DatabaseFull: ("53100",),
    DatabaseDamaged: ("XX001", "XX002"),
    DatabaseUnreachable: ("08", "28", "3D", "53", "57", "58"),
}
"""Beginnings of SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html. Its words may come in any language."""

ADVICE: dict[type[DatabaseError], str] = {
    DatabaseBusy: "another process is writing to {url} and did not finish in time. "
    "Wait for it (elchi runs shows crawls that are under way), or stop it. Nothing that was captured is lost.",
    DatabaseFull: "there is no room for the database {url}: {words}. Make room, then go on. Nothing that was captured is lost.",
    DatabaseDamaged: "the database {url} is damaged, or is none: {words}. Put it back from a copy.",
    DatabaseUnreachable: "the database {url} does not answer: {words}. Check ELCHI_DATABASE_URL.",
}

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A row number. SQLite counts up by itself only for INTEGER, which has 64 bits there anyway."""


class Moment(TypeDecorator[datetime]):
    """A moment as aware UTC on both sides; SQLite, which knows no zones, keeps it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: nobody knows when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length, as pages and servers wrote it, but for what no database holds; see `storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Take out what cannot be kept."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Without U+0000, which PostgreSQL refuses, and with U+FFFD for half of a surrogate pair, which is not UTF-8."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _storable_values(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): _storable_values(each) for name, each in value.items()}
    return [_storable_values(each) for each in value] if isinstance(value, list | tuple) else value


def _to_json(value: Any) -> str:
    return json.dumps(_storable_values(value), ensure_ascii=False)


def open_engine(url: str, busy_seconds: float) -> Engine:
    """An engine for a SQLAlchemy URL; ``postgresql://`` means psycopg 3. Nothing is connected yet.

    busy_seconds: how long a writer waits for another writer. Raises `UnsupportedDatabase`, `DatabaseUnreachable`.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, busy_seconds)
    return _open_postgresql(parsed, busy_seconds)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # its words may hold the password
        raise UnsupportedDatabase(
            "ELCHI_DATABASE_URL is not a database address. "
            "Write sqlite:////path/to/elchi.sqlite or postgresql://user:password@host/database."
        ) from None
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UnsupportedDatabase(
            f"Elchi keeps its archive in SQLite or PostgreSQL, not in {backend}. Change ELCHI_DATABASE_URL."
        )
    return parsed.set(drivername="sqlite")


def _open_sqlite(url: URL, busy_seconds: float) -> Engine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).resolve().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnreachable(
                f"the archive's folder {folder} cannot be made: {error.strerror}. Set ELCHI_HOME."
            ) from error
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, json_serializer=_to_json)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own would not cover reads
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # the search index must never know more than the database
        connection.execute("PRAGMA foreign_keys = ON")

    # A transaction that reads first and writes later would meet SQLITE_BUSY half-way: a writer asks for the lock at once.
    event.listen(engine, "begin", partial(_begin, reading="BEGIN", writing="BEGIN IMMEDIATE"))
    return engine


def _open_postgresql(url: URL, busy_seconds: float) -> Engine:
    options = f"{url.query.get('options', '')} -c lock_timeout={int(busy_seconds * 1000)}".strip()
    engine = create_engine(
        url.difference_update_query(["options"]),
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 10},
        json_serializer=_to_json,
    )
    # Writers take turns as they do in SQLite: two that save one page at once would each miss what the other found.
    turn = f"SELECT pg_advisory_xact_lock({WRITERS_TURN})"
    event.listen(engine, "begin", partial(_begin, reading=None, writing=turn))
    return engine


def _begin(connection: Connection, reading: str | None, writing: str) -> None:
    statement = writing if connection.get_execution_options().get("elchi_writes", False) else reading
    if statement is not None:
        connection.exec_driver_sql(statement)


def shown(url: URL) -> str:
    """A database's address for people: without its password, which may stand in the query, too."""
    return url.set(drivername=url.get_backend_name(), query={}).render_as_string(hide_password=True)


def translated(error: DBAPIError, url: URL) -> DatabaseError | None:
    """A driver's error as ours, with what to do about it; None for a statement that is wrong, which is our own fault."""
    kind = _kind_of_sqlite(error) if isinstance(error.orig, sqlite3.Error) else _kind_of_postgresql(error)
    words = " ".join(str(error.orig).split()).rstrip(".?")
    return kind(ADVICE[kind].format(url=shown(url), words=words)) if kind else None


def _kind_of_sqlite(error: DBAPIError) -> type[DatabaseError] | None:
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return next((kind for kind, codes in SQLITE_ERRORS.items() if code in codes), None)


def _kind_of_postgresql(error: DBAPIError) -> type[DatabaseError] | None:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # no server said it: the connection could not be made, or broke
        return DatabaseUnreachable if isinstance(error, OperationalError) else None
    return next((kind for kind, states in POSTGRESQL_ERRORS.items() if state.startswith(states)), None)


def hold_name(connection: Connection, name: str) -> bool:
    """Hold a name until the connection's session ends; False where another session holds it. For PostgreSQL alone.

    An advisory lock is the whole database's, so the schema, which is the archive, is a part of the name.
    """
    statement = text("SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || :name, 0))")
    return bool(connection.execute(statement, {"name": name}).scalar())


def insert_missing(session: Session, table: Any, rows: list[dict[str, Any]], key: str) -> None:
    """Insert the rows whose `key` is not there yet."""
    connection = session.connection()
    if rows:
        connection.execute(_insert_missing(connection.dialect.name, table, key), rows)


@cache
def _insert_missing(dialect: str, table: Any, key: str) -> Executable:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    return insert(table).on_conflict_do_nothing(index_elements=[key])
