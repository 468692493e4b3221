"""The database: opened once, brought up to date by Alembic, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.dialects import READING, WRITING, open_engine, shown, translated
from storage.errors import DatabaseTooNew

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The owner of the connections.

    url: a SQLAlchemy URL of SQLite or PostgreSQL. busy_seconds: how long to wait for another writer before `DatabaseBusy`.
    Every method that connects raises `DatabaseUnreachable`, `DatabaseBusy`, `DatabaseFull`, `DatabaseDamaged`.
    """

    def __init__(self, url: str, *, busy_seconds: float = 30) -> None:
        self._engine = open_engine(url, busy_seconds)
        self.url = self._engine.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent view; what is changed in it is not saved."""
        options = READING[self._engine.dialect.name]
        with self._connection(options) as connection, Session(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are all saved at the end, or none. One writes at a time; others wait for their turn."""
        with self._connection(WRITING) as connection, Session(connection, expire_on_commit=False) as session:
            yield session
            session.flush()

    def migrate(self) -> None:
        """Make the tables, or bring older ones up to date. Raises `DatabaseTooNew` on tables of a later Elchi."""
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        scripts = ScriptDirectory.from_config(config)
        newest, known = scripts.get_current_head(), {script.revision for script in scripts.walk_revisions()}
        if (stands := self._revision()) == newest:
            return
        if stands is not None and stands not in known:
            raise DatabaseTooNew(
                f"{shown(self.url)} was written by a later Elchi ({stands}). Update Elchi: pip install -U elchi."
            )
        with self._connection(WRITING) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _revision(self) -> str | None:
        with self._connection(READING[self._engine.dialect.name]) as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    @contextmanager
    def _connection(self, options: dict[str, Any]) -> Iterator[Connection]:
        """A connection in a transaction, which is committed at the end."""
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            if (known := translated(error, self.url)) is None:
                raise
            raise known from error
