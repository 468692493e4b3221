"""What a site repeats is learned from its captures, and told to the readers of its later pages. It never fails a crawl."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select

from scraper.items import CapturedPage
from scraper.learning import AGAIN, FIRST, SiteLearning
from scraper.reader_learning import MOST_BYTES, learn_from
from scraper.reader_messages import LearnRequest
from scraper.readers import Readers
from scraper.reading.model import Found, RecordFields, Rules
from scraper.reading.phrases import fold
from scraper.reading.repeats import Repeats
from scraper.writer import Writer
from storage.archive import Fetched, NextVisits
from storage.database import Database
from storage.errors import DatabaseUnreachable
from storage.models import Capture, SiteRepeats
from storage.warc import Exchange, WarcWriter
from tests.crawl.command import Elchi
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, write_source
from tests.storage.saving import Saving, reading_of, words

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITE = "http://uni.example"
BANNER = "Subscribe to the letters of this university"


@dataclass
class Held:
    """An archive as a crawl holds it, without a crawl."""

    database: Database
    warc: WarcWriter
    writer: Writer
    saving: Saving

    def page(self, name: str, body: str | bytes | None = None, content_type: bytes = b"text/html") -> CapturedPage:
        """A new article that lies in the WARC and was read."""
        url = f"{SITE}/news/{name}"
        body = article(name).replace("</main>", f"<p>{BANNER}</p></main>") if body is None else body
        data = body.encode() if isinstance(body, str) else body
        ref = self.warc.write(Exchange(url, "GET", [], 200, [(b"Content-Type", content_type)], data, NOW))
        return CapturedPage(
            source="uni",
            page_url=url,
            fetched=Fetched(url, (url,), NOW, 200, content_type.decode(), ref),
            rules=Rules(languages=("en",)),
            found=Found(),
            visits=NextVisits(None, None),
            retry_at=NOW,
            reading=reading_of(words(name)),
        )

    def save(self, page: CapturedPage) -> None:
        self.saving.keep(page.fetched, page.reading, page.page_url, repeats=page.site_repeats_id)

    def versions(self) -> list[SiteRepeats]:
        with self.database.read() as session:
            return list(session.scalars(select(SiteRepeats).order_by(SiteRepeats.id)))


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    with (
        Database(f"sqlite:///{tmp_path / 'archive.sqlite'}") as database,
        WarcWriter(tmp_path, "learning", software="test") as warc,
    ):
        database.migrate()
        saving = Saving(database)
        saving.source("uni", "uni.example")
        yield Held(database, warc, Writer(database, lambda _: None), saving)


def learning_of(held: Held, readers: Readers) -> SiteLearning:
    """As a crawl that has just begun."""
    return SiteLearning(
        cast("Any", SimpleNamespace(database=held.database, writer=held.writer, warc=held.warc)), readers
    )


async def visit(learning: SiteLearning, held: Held, *pages: CapturedPage) -> None:
    for page in pages:
        item = await learning.prepare(page)
        learning.note(item)
        held.save(item)
    await learning.close()


def pages(held: Held, first: int, last: int) -> list[CapturedPage]:
    return [held.page(f"n{number}x") for number in range(first, last)]


def test_a_site_is_learned_and_its_next_page_is_read_with_that(held: Held) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=700) as readers:
            learning = learning_of(held, readers)
            await visit(learning, held, *pages(held, 1, FIRST))
            assert held.versions() == []
            await visit(learning, held, *pages(held, FIRST, FIRST + 1))
            [version] = held.versions()
            assert (version.host, version.number, version.pages) == ("uni.example", 1, FIRST)

            item = await learning.prepare(held.page("later"))
            assert item.site_repeats_id == version.id
            assert item.rules.repeats is not None
            assert item.rules.repeats.share(fold(BANNER)) == 1
            assert item.rules.repeats.share(fold("In later the delegation and")) == 0
            other = held.page("other")
            elsewhere = replace(other, fetched=replace(other.fetched, addresses=("http://blog.uni.example/1",)))
            assert (await learning.prepare(elsewhere)).rules.repeats is None, "another host"
            assert (await learning.prepare(replace(other, source="nobody"))).site_repeats_id is None
            record = replace(held.page("record"), rules=Rules(record=RecordFields("title", "body")))
            assert (await learning.prepare(record)).site_repeats_id is None

    asyncio.run(scene())


def test_what_was_begun_in_one_crawl_goes_on_in_the_next(held: Held) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=700) as readers:
            await visit(learning_of(held, readers), held, *pages(held, 0, 6))
            await visit(learning_of(held, readers), held, *pages(held, 6, FIRST))
            [version] = held.versions()
            assert version.pages == FIRST
            item = await learning_of(held, readers).prepare(held.page("later"))
            assert item.site_repeats_id == version.id

            next_crawl = learning_of(held, readers)
            redesigned = [held.page(f"m{number}x", article(f"m{number}x")) for number in range(AGAIN)]
            await visit(next_crawl, held, *redesigned[:-1])
            assert len(held.versions()) == 1
            await visit(next_crawl, held, redesigned[-1])
            second = held.versions()[1]
            assert (second.number, second.pages) == (2, 20)
            assert held.saving.write(lambda session: session.get_one(SiteRepeats, second.id).captures)[-1] == 70

    asyncio.run(scene())


def test_a_site_that_stays_the_same_is_looked_at_less_often(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    async def learn(self: Readers, request: LearnRequest) -> Repeats:
        asked.append(len(asked_for))
        return lines[0]

    monkeypatch.setattr(Readers, "learn", learn)
    monkeypatch.setattr("scraper.learning.RAREST", 4 * AGAIN)
    asked_for: list[CapturedPage] = []
    lines = [Repeats(20, {1: 20})]
    page = held.page("always")

    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=700) as readers:
            learning = learning_of(held, readers)
            for number in range(1500):
                if number == 1100:
                    lines[0] = Repeats(20, {2: 20})
                asked_for.append(page)
                learning.note(await learning.prepare(page))
                await learning.close()

    asyncio.run(scene())
    apart = [after - before for before, after in pairwise([0, *asked])]
    assert apart == [FIRST, AGAIN, 2 * AGAIN, 4 * AGAIN, 4 * AGAIN, 4 * AGAIN, 4 * AGAIN, AGAIN, 2 * AGAIN]
    assert [version.number for version in held.versions()] == [1, 2]


def test_a_page_is_read_again_as_it_was_read(held: Held) -> None:
    """Else what was learned since would look like a change of the site's."""

    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=700) as readers:
            learning = learning_of(held, readers)
            early = held.page("early")
            await visit(learning, held, early, *pages(held, 1, FIRST))
            late = held.page("late")
            await visit(learning, held, late)
            assert (await learning.prepare(replace(early, is_known=True))).site_repeats_id is None
            assert (await learning.prepare(replace(late, is_known=True))).site_repeats_id == 1

    asyncio.run(scene())


def test_a_reader_that_hangs_over_it_costs_nothing_else(
    held: Held, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=1, megabytes=700) as readers:
            learning = learning_of(held, readers)
            hangs = held.page("hangs")
            os.mkfifo(held.warc.folder / "pipe")
            hangs = replace(hangs, fetched=replace(hangs.fetched, ref=replace(hangs.fetched.ref, warc_file="pipe")))
            await visit(learning, held, hangs, *pages(held, 1, FIRST))
            assert "what uni.example repeats on its pages was not learned: not read within 1 seconds" in caplog.text
            caplog.clear()
            await visit(learning, held, *pages(held, FIRST, 2 * FIRST - 1))
            assert not caplog.text, "it is not tried again with every page"
            assert held.versions() == []

    asyncio.run(scene())


def test_a_database_that_goes_away_costs_nothing_else(held: Held, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=700) as readers:
            learning = learning_of(held, readers)
            held.writer.broken = DatabaseUnreachable("the database does not answer")
            await visit(learning, held, *pages(held, 0, FIRST))
            assert "was not learned: the database does not answer" in caplog.text
            assert (await learning.prepare(held.page("later"))).site_repeats_id is None

    asyncio.run(scene())


def test_captures_that_cannot_be_read_are_left_out(held: Held) -> None:
    good = pages(held, 0, 4)
    bad = [
        held.page("binary", b"%PDF-1.7 " + bytes(100), b"application/pdf"),
        held.page("empty", ""),
        held.page("large", "<p>a" * MOST_BYTES),
        held.page("deep", "<div>" * 100_000),
    ]
    missing = replace(good[0].fetched.ref, warc_file="missing.warc.gz")

    def request(chosen: list[CapturedPage]) -> LearnRequest:
        refs = [*(page.fetched.ref for page in chosen), missing]
        return LearnRequest(tuple((held.warc.folder / ref.warc_file, ref.offset, SITE) for ref in refs), Rules())

    learned = learn_from(request([*bad, *good]))
    assert learned is not None
    assert 4 <= learned.pages <= 5
    assert learned.share(fold(BANNER)) * learned.pages == 4
    assert learn_from(request(good[:2])) is None


def test_a_crawl_learns_its_sites(tmp_path: Path) -> None:
    paths = [f"/news/{number}" for number in range(FIRST + 3)]
    answers = {path: says(200, article(f"place {path}")) for path in paths}
    write_source(tmp_path / "catalogue", "calm", ("calm.test",), "http://calm.test/news")
    with OddWeb({"calm.test": {"/news": says(200, listing(*paths[:-1])), **answers}}) as web:
        elchi = Elchi(tmp_path / "home", tmp_path / "catalogue", web.proxy).with_settings(
            ELCHI_NOW="2026-11-20T12:00:00Z"
        )
        elchi.crawl()
        web.sites = {"calm.test": {"/news": says(200, listing(*paths)), **answers}}
        elchi.with_settings(ELCHI_NOW="2026-11-21T12:00:00Z").crawl()
    with elchi.database() as database, database.read() as session:
        version = session.scalars(select(SiteRepeats)).one()
        captures = session.scalars(select(Capture).where(Capture.outcome == "article").order_by(Capture.id)).all()
        assert (version.host, version.pages) == ("calm.test", FIRST)
        assert version.captures == [capture.id for capture in captures[:FIRST]]
        assert [capture.site_repeats_id for capture in captures if capture.url.endswith(paths[-1])] == [version.id]
        assert {capture.site_repeats_id for capture in captures[:FIRST]} == {None}
    [last] = [record for record in elchi.export() if record["url"].endswith(paths[-1])]
    assert last["capture"]["site_repeats"] == {"version": 1, "pages": FIRST}
