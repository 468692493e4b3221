from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from storage.database import Database
from tests.storage.saving import Saving

SERVER = "ELCHI_TEST_POSTGRESQL"


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """A PostgreSQL database of this process's own, dropped at the end."""
    if not (address := os.environ.get(SERVER)):
        pytest.skip(f"no PostgreSQL: set {SERVER}, e.g. postgresql://postgres@127.0.0.1/postgres")
    url, name = make_url(address).set(drivername="postgresql+psycopg"), f"elchi_test_{uuid.uuid4().hex[:12]}"
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield url.set(database=name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    administrator.dispose()


@pytest.fixture
def postgresql_url(server: URL) -> Iterator[str]:
    """The address of a schema of the test's own on PostgreSQL; nothing is in it. (A database each takes the server a second.)"""
    schema, engine = f"test_{uuid.uuid4().hex[:12]}", create_engine(server)
    options = f"-c search_path={schema} -c synchronous_commit=off"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield server.set(drivername="postgresql", query={"options": options}).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of the test's own, once on each engine; nothing is in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'archive.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty archive's database."""
    with Database(database_url, busy_seconds=10) as database:
        database.migrate()
        yield database


@pytest.fixture
def saving(database: Database) -> Saving:
    """Saves pages as a crawl does."""
    return Saving(database)
