"""Captures that a killed run left in the WARC and not in the database: read and saved before anything is asked again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from functools import partial

from scraper.extensions.archive import Archive
from scraper.items import CapturedPage
from spiders.captured import captured_page
from spiders.catalogue import Source
from storage import frontier, recovery
from storage.archive import save_fetched
from storage.frontier import Due
from storage.recovery import Orphan

logger = logging.getLogger(__name__)


async def take_up(archive: Archive, catalogue: Mapping[str, Source]) -> AsyncIterator[CapturedPage]:
    """Every article left over, for the pipelines; other answers are noted in the database right away."""
    for name in await asyncio.to_thread(_unfinished, archive):
        left = await asyncio.to_thread(_orphans, archive, name)
        if left:
            logger.info("%s: taking up %d captures of a run that was killed", name, len(left))
        for orphan, due in left:
            source = catalogue.get(orphan.source or "")
            if source is not None and orphan.role == "article" and orphan.fetched.status == 200:
                yield captured_page(source, due, orphan.fetched)
            else:
                archive.writer.later(partial(save_fetched, run_id=None, fetched=orphan.fetched))
        archive.recovered_files.append(name)


def _unfinished(archive: Archive) -> list[str]:
    with archive.database.read() as session:
        return recovery.unfinished_files(session, archive.warc.folder)


def _orphans(archive: Archive, name: str) -> list[tuple[Orphan, Due | None]]:
    with archive.database.read() as session:
        return [
            (orphan, frontier.expected(session, orphan.page_url))
            for orphan in recovery.orphans(session, archive.warc.folder, name)
        ]
