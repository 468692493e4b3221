"""What a killed run left behind: captures that are in a WARC file and not in the database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.archive import Fetched
from storage.identity import clean_url
from storage.models import Capture, WarcFile
from storage.warc import ArchivedResponse, CaptureRef, cut_torn_tail, is_being_written, scan

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A capture without its row. source, role, page_url: see `storage.warc.Exchange`."""

    fetched: Fetched
    source: str | None
    role: str | None
    page_url: str


def unfinished_files(session: Session, folder: Path) -> list[str]:
    """Names of WARC files that no living crawl writes and that were never closed, oldest first."""
    closed = set(session.scalars(select(WarcFile.name).where(WarcFile.closed_at.is_not(None))))
    names = sorted(path.name for path in folder.glob("elchi-*.warc.gz") if path.name not in closed)
    return [name for name in names if not is_being_written(folder / name)]


def orphans(session: Session, folder: Path, name: str) -> Iterator[Orphan]:
    """Cut off the file's torn end, then give every response that the database does not know."""
    path = folder / name
    torn = cut_torn_tail(path)
    if torn:
        logger.warning("%s ended in a record that a crash cut off: %d bytes removed", path, torn)
    known = set(session.scalars(select(Capture.warc_offset).where(Capture.warc_file == name)))
    for response in scan(path):
        if response.offset not in known:
            yield Orphan(_fetched(response, name), response.source, response.role, response.page_url or response.url)


def _fetched(response: ArchivedResponse, name: str) -> Fetched:
    return Fetched(
        url=clean_url(response.url),
        addresses=(response.url,),
        fetched_at=response.fetched_at,
        status=response.status,
        content_type=response.headers.get("content-type"),
        ref=CaptureRef(name, response.offset, response.length, response.sha256),
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
    )
