from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.database import Database
from storage.search.index import SearchIndex
from tests.storage.search.archive import Archive

SERVER = "ELCHI_TEST_POSTGRESQL"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty archive's database, once on each engine."""
    if request.param == "sqlite":
        with Database(f"sqlite:///{tmp_path / 'archive.sqlite'}") as database:
            database.migrate()
            yield database
        return
    if not (server := os.environ.get(SERVER)):
        pytest.skip(f"no PostgreSQL: set {SERVER}, e.g. postgresql://postgres@127.0.0.1/postgres")
    yield from _own_database(server)


def _own_database(server: str) -> Iterator[Database]:
    name = f"elchi_test_{uuid.uuid4().hex[:12]}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            with Database(url.set(database=name).render_as_string(hide_password=False)) as database:
                database.migrate()
                yield database
        finally:
            connection.execute(text(f"DROP DATABASE {name}"))
    administrator.dispose()


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


@pytest.fixture
def index(database: Database, tmp_path: Path) -> Iterator[SearchIndex]:
    with SearchIndex(tmp_path / "index", database) as index:
        yield index
