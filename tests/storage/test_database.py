from __future__ import annotations

import multiprocessing
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import MIGRATIONS, Database
from storage.dialects import shown, storable
from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseTooNew,
    DatabaseUnreachable,
    UnsupportedDatabase,
)
from storage.models import ArchiveState, Base, Run, Source, WarcFile
from storage.records import article_record, find_article
from storage.runs import SourceTally, finish_run, save_tally, start_run
from storage.visits import load_visits
from tests.storage.saving import NOON, SITE, Saving, reading_of


def run(**values: object) -> Run:
    return Run(**{"started_at": NOON, "version": "0", "process": 1, **values})


def test_a_failure_saves_nothing(database: Database) -> None:
    def write() -> None:
        with database.write() as session:
            session.add(run())
            session.flush()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        write()
    with database.read() as session:
        assert session.scalars(select(Run)).all() == []


def test_what_is_changed_while_reading_is_not_saved(database: Database) -> None:
    with database.write() as session:
        session.add(run(reason="finished"))
    with database.read() as session:
        session.scalars(select(Run)).one().reason = "changed"
        session.scalars(select(Run)).one()
    with database.read() as session:
        assert session.scalars(select(Run)).one().reason == "finished"


def test_a_reader_sees_one_state(database: Database) -> None:
    with database.read() as reader:
        before = reader.scalars(select(Run)).all()
        with database.write() as writer:
            writer.add(run())
        assert reader.scalars(select(Run)).all() == before == []
    with database.read() as reader:
        assert len(reader.scalars(select(Run)).all()) == 1


def test_a_moment_comes_back_as_utc(database: Database) -> None:
    tashkent = datetime(2026, 11, 1, 17, 0, 0, 123456, timezone(timedelta(hours=5)))
    with database.write() as session:
        session.add(run(started_at=tashkent))
    with database.read() as session:
        moment = session.scalars(select(Run)).one().started_at
        assert session.scalars(select(Run).where(Run.started_at == tashkent)).one()
    assert moment == tashkent
    assert moment.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"), database.write() as session:
        session.add(run(started_at=datetime(2026, 11, 1)))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("nul\0 inside", "nul inside"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("\ud83c\udf93 as two halves", "🎓 as two halves"),
        ("می\u200cشود \u202b", "می\u200cشود \u202b"),
    ],
)
def test_words_that_a_database_cannot_hold(database: Database, words: str, kept: str) -> None:
    names = {"en": words, words: "key"}
    with database.write() as session:
        session.add(run(reason=words))
        session.add(WarcFile(name="a", opened_at=NOON))
        institution = {"homepage": "http://u.example/", "names": names, "country": "UZ", "kind": "university"}
        session.execute(Base.metadata.tables["institution"].insert(), [institution])
    with database.read() as session:
        assert session.scalars(select(Run)).one().reason == kept
        assert session.scalars(select(Run).where(Run.reason == words)).one()
        assert session.execute(select(Base.metadata.tables["institution"].c.names)).scalar() == {
            "en": kept,
            kept: "key",
        }


@given(st.text(st.characters()))
def test_storable_is_utf8_without_nul(words: str) -> None:
    kept = storable(words)
    assert "\0" not in kept.encode().decode()
    assert storable(kept) == kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_storable_keeps_what_can_be_kept(words: str) -> None:
    assert storable(words) == words


def test_a_wrong_row_is_no_failure_of_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Source(slug="a", institution_id=77, hosts=[], languages=[]))


def test_a_wrong_statement_is_no_failure_of_the_database(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught, database.read() as session:
        session.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(caught.value, DatabaseUnreachable)


# Writers


def hold_the_lock(url: str, held: object, release: object) -> None:
    with Database(url) as database, database.write():
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


@contextmanager
def another_writer(url: str) -> Iterator[None]:
    """Another process that is writing."""
    spawn = multiprocessing.get_context("spawn")
    held, release = spawn.Event(), spawn.Event()
    process = spawn.Process(target=hold_the_lock, args=(url, held, release))
    process.start()
    try:
        assert held.wait(30)
        yield
    finally:
        release.set()
        process.join(30)


def test_another_process_is_writing(database_url: str) -> None:
    with Database(database_url, busy_seconds=0.3) as database:
        database.migrate()
        with another_writer(database_url):
            began = time.monotonic()
            with pytest.raises(DatabaseBusy, match=r"another process is writing.*elchi runs shows"), database.write():
                pytest.fail("two write at once")
            assert 0.25 < time.monotonic() - began < 10
            with database.read() as session:
                assert session.scalars(select(Run)).all() == []
        with database.write() as session:
            session.add(run())


def test_writers_wait_for_their_turn(database: Database) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(10)
        with database.write() as session:
            order.append("second")
            session.get_one(ArchiveState, 1).change += 1

    thread = threading.Thread(target=second)
    thread.start()
    with database.write() as session:
        inside.set()
        time.sleep(0.2)
        session.get_one(ArchiveState, 1).change += 1
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    with database.read() as session:
        assert session.get_one(ArchiveState, 1).change == 2


def migrate(url: str, start: object) -> None:
    start.wait(30)  # type: ignore[attr-defined]
    with Database(url) as database:
        database.migrate()


def test_two_processes_make_the_tables_at_once(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    processes = [spawn.Process(target=migrate, args=(database_url, start)) for _ in range(2)]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    with Database(database_url) as database, database.read() as session:
        assert session.scalars(select(ArchiveState.id)).all() == [1]


# Migrations


def test_the_models_are_the_migrated_tables(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "base")
        assert inspect(session.connection()).get_table_names() == ["alembic_version"]
    database.migrate()
    with database.read() as session:
        assert session.get_one(ArchiveState, 1).change == 0


def test_articles_of_before_0004_are_kept(database: Database, saving: Saving) -> None:
    """Their evidence was not kept, and their Markdown is their text."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    saving.save(f"{SITE}/a", reading=reading_of("A text."))
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "0003")
    database.migrate()
    with database.read() as session:
        record = article_record(session, find_article(session, f"{SITE}/a"))
    assert (record["text"], record["markdown"], record["why"], record["countries"]) == ("A text.", "A text.", {}, [])
    assert record["capture"]["site_repeats"] is None


def test_runs_of_before_0005_missed_nothing(database: Database, saving: Saving) -> None:
    """On which articles their selectors found nothing was not noted."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    tally, source = SourceTally(asked=1), saving.source()
    tally.read.add(title="A title", text="A text.", language="en", dated=True, missed=["body"])
    with database.write() as session:
        number = start_run(session, NOON, version="0.1.0", process=7)
        save_tally(session, number, source, tally)
        finish_run(session, number, NOON, "finished")
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "0004")
    database.migrate()
    with database.read() as session:
        (visit,) = load_visits(session, 1)["uni"]
    assert (visit.articles, visit.missed) == (1, {})


def test_to_migrate_twice_changes_nothing(database: Database) -> None:
    with database.write() as session:
        session.add(run())
    database.migrate()
    with database.read() as session:
        assert len(session.scalars(select(Run)).all()) == 1


def test_a_database_of_a_later_version(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match=r"later Elchi \(9999\)"):
        database.migrate()


def test_every_foreign_key_that_is_followed_has_an_index(database: Database) -> None:
    followed = {
        "page": {"source_id", "article_id", "claim"},
        "address": {"page_id", "key"},
        "capture": {"page_id", "run_id"},
        "article_version": {"article_id", "capture_id", "text_sha256"},
        "mention": {"article_version_id", "country"},
        "site_repeats": {"source_id"},
    }
    with database.read() as session:
        found = inspect(session.connection())
        for table, columns in followed.items():
            constraints = [*found.get_indexes(table), *found.get_unique_constraints(table)]
            leading = {each["column_names"][0] for each in constraints}
            leading.add(found.get_pk_constraint(table)["constrained_columns"][0])
            assert columns <= leading, table


# What can be wrong with an address, a server, a file


@pytest.mark.parametrize(
    "url",
    [
        "elchi.sqlite",
        "",
        "postgresql//me:hush@h/d",
        "http://[::1",
        "postgresql://me:hush@h:port/d",
        "mysql://me:hush@h/d",
    ],
)
def test_no_database_address(url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match=r"ELCHI_DATABASE_URL") as caught:
        Database(url)
    assert "hush" not in str(caught.value)
    assert "hush" not in str(caught.value.__cause__)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_name_of_postgresql_means_psycopg_3(scheme: str) -> None:
    with Database(f"{scheme}://me@127.0.0.1/d") as database:
        assert database.url.drivername == "postgresql+psycopg"


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://me:hush@127.0.0.1:{taken.getsockname()[1]}/archive?password=hush&application_name=x"
        with Database(url) as database:
            for use in (database.migrate, database.read().__enter__, database.write().__enter__):
                with pytest.raises(DatabaseUnreachable, match=r"does not answer.*Check ELCHI_DATABASE_URL") as caught:
                    use()
                assert "hush" not in str(caught.value)
                assert "/archive" in str(caught.value)


def test_a_server_without_the_database(server: URL) -> None:
    url = server.set(database="nowhere").render_as_string(hide_password=False)
    with Database(url) as database, pytest.raises(DatabaseUnreachable, match="does not exist"):
        database.migrate()


def test_the_options_of_an_address_are_kept(server: URL) -> None:
    url = server.set(query={"options": "-c statement_timeout=200"}).render_as_string(hide_password=False)
    with Database(url) as database:
        with database.read() as session:
            assert session.execute(text("SHOW statement_timeout")).scalar() == "200ms"
            assert session.execute(text("SHOW lock_timeout")).scalar() == "30s"
        with pytest.raises(DatabaseBusy), database.read() as session:
            session.execute(text("SELECT pg_sleep(5)"))


def test_a_connection_that_the_server_ends(postgresql_url: str) -> None:
    with Database(postgresql_url) as database:
        database.migrate()

        def write_to_an_ended_connection() -> None:
            with database.write() as session:
                number = session.execute(text("SELECT pg_backend_pid()")).scalar()
                with psycopg.connect(postgresql_url.partition("?")[0], autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", [number])
                session.add(run())

        with pytest.raises(DatabaseUnreachable):
            write_to_an_ended_connection()
        with database.write() as session:  # the next one is given a connection that works
            session.add(run())


def test_a_table_that_somebody_holds(postgresql_url: str) -> None:
    with Database(postgresql_url, busy_seconds=0.1) as database:
        database.migrate()
        with database.write() as holder:
            holder.execute(text("LOCK TABLE run"))
            with pytest.raises(DatabaseBusy), database.read() as session:
                session.execute(text("SELECT * FROM run"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://me:hush@h:1/d?password=hush", "postgresql://me:***@h:1/d"),
        ("sqlite:////tmp/a.sqlite?timeout=3", "sqlite:////tmp/a.sqlite"),
    ],
)
def test_shown(url: str, words: str) -> None:
    with Database(url) as database:
        assert shown(database.url) == words


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    file.write_text("This is a letter, and no database. " * 100)
    with Database(f"sqlite:///{file}") as database, pytest.raises(DatabaseDamaged, match=r"not a database.*copy"):
        database.migrate()


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path}") as database, pytest.raises(DatabaseUnreachable, match="unable to open"):
        database.migrate()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachable, match="Set ELCHI_HOME"):
        Database(f"sqlite:///{tmp_path / 'file' / 'archive.sqlite'}")


def test_the_folder_is_made(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'archive.sqlite'}") as database:
        database.migrate()


def test_another_program_holds_the_file(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    with Database(f"sqlite:///{file}") as database:
        database.migrate()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with Database(f"sqlite:///{file}", busy_seconds=0.2) as database:
            with database.read() as session:
                assert session.get_one(ArchiveState, 1)
            with pytest.raises(DatabaseBusy), database.write():
                pytest.fail("two write at once")
    finally:
        other.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
        try:
            with Database(f"sqlite:///{folder}/archive.sqlite") as database:
                database.migrate()

                def fill() -> None:
                    for _ in range(20):
                        with database.write() as session:
                            session.add(run(reason="x" * 200_000))

                with pytest.raises(DatabaseFull, match=r"no room.*Make room"):
                    fill()
                with database.read() as session:
                    kept = len(session.scalars(select(Run)).all())
                subprocess.run(["mount", "-o", "remount,size=8m", folder], check=True)
                with database.write() as session:
                    session.add(run())
                with database.read() as session:
                    assert len(session.scalars(select(Run)).all()) == kept + 1
        finally:
            subprocess.run(["umount", folder], check=True)


def test_a_write_that_is_killed_leaves_nothing(database_url: str) -> None:
    with Database(database_url) as database:
        database.migrate()
    script = f"""
        import os, signal
        from storage.database import Database
        from storage.models import WarcFile
        from tests.storage.saving import NOON
        with Database({database_url!r}) as database, database.write() as session:
            session.add(WarcFile(name="a", opened_at=NOON))
            session.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False, timeout=60).returncode == -9
    with Database(database_url, busy_seconds=10) as database, database.write() as session:
        assert session.scalars(select(WarcFile)).all() == []


def test_nothing_is_connected_before_it_is_used(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path / 'archive.sqlite'}"):
        assert list(tmp_path.iterdir()) == []
