"""The lines that a site repeats, by version: later pages are read with the newest one, and a rebuild with the one that was known then."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, undefer

from storage.models import Article, ArticleVersion, Capture, Page, SiteRepeats
from storage.pages import find_page

MOST_LINES = 1000
"""Lines kept of a version, the most frequent ones. They go to a reader with every page: 1,000 cost 0.15 ms, 4,000 half a millisecond."""

COMMON = 0.5
"""Share of the pages from which a line tells one design of a site from another."""

ALIKE = 0.9
"""Share of their common lines in which two versions are the same for all that a reader needs."""

LATEST = 80
"""Articles of a source that are looked at for what is new since a version."""

ENTRY = struct.Struct(">QH")


@dataclass(frozen=True, slots=True)
class KnownRepeats:
    """A version. lines: by a line's key (63 bits), on how many of the pages it stands. newest_capture: what was looked at, up to here."""

    id: int
    number: int
    pages: int
    lines: dict[int, int]
    newest_capture: int

    def common(self) -> frozenset[int]:
        """The lines that stand on half of the pages, or more."""
        return _common(self.pages, self.lines)


@dataclass(frozen=True, slots=True)
class Sample:
    """A capture of an article, to learn from. number: of its row, 0 where it is not saved yet."""

    url: str
    warc_file: str
    offset: int
    number: int = 0


def newest_repeats(session: Session, source_id: int) -> dict[str, KnownRepeats]:
    """By host, the newest version of a source."""
    newest = (
        select(SiteRepeats.host, func.max(SiteRepeats.number).label("number"))
        .where(SiteRepeats.source_id == source_id)
        .group_by(SiteRepeats.host)
        .subquery()
    )
    statement = select(SiteRepeats).join(
        newest, (SiteRepeats.host == newest.c.host) & (SiteRepeats.number == newest.c.number)
    )
    rows = session.scalars(statement.where(SiteRepeats.source_id == source_id).options(undefer(SiteRepeats.lines)))
    return {row.host: _known(row) for row in rows}


def repeats_to_read_with(session: Session, page_url: str, newest: KnownRepeats | None) -> KnownRepeats | None:
    """What a page that was seen before is to be read with: the version by which its article was read, None for none, so that what was
    learned since then does not look like a change of the site's. `newest` where the page has no article.
    """
    page = find_page(session, page_url)
    if page is None or page.article_id is None:
        return newest
    statement = (
        select(SiteRepeats)
        .join(Capture, Capture.site_repeats_id == SiteRepeats.id)
        .join(ArticleVersion, ArticleVersion.capture_id == Capture.id)
        .join(Article, (Article.id == ArticleVersion.article_id) & (Article.newest == ArticleVersion.number))
        .where(Article.id == page.article_id)
    )
    row = session.scalar(statement.options(undefer(SiteRepeats.lines)))
    return _known(row) if row is not None else None


def latest_samples(session: Session, source_id: int) -> list[Sample]:
    """The first captures of a source's latest articles, oldest first; at most `LATEST`. A JSON record has no lines to repeat.

    They are found by page, the newest first, which the index on a source's pages gives at once.
    """
    pages = (
        select(Page.id, Page.article_id)
        .where(Page.source_id == source_id, Page.state == "fetched", Page.article_id.is_not(None))
        .order_by(Page.id.desc())
        .limit(LATEST)
        .subquery()
    )
    statement = (
        select(Capture.url, Capture.warc_file, Capture.warc_offset, Capture.id, Capture.content_type)
        .join(ArticleVersion, ArticleVersion.capture_id == Capture.id)
        .join(pages, (pages.c.article_id == ArticleVersion.article_id) & (pages.c.id == Capture.page_id))
        .where(ArticleVersion.number == 1, Capture.outcome == "article")
        .order_by(Capture.id)
    )
    rows = session.execute(statement).all()
    return [Sample(*row[:4]) for row in rows if "json" not in (row.content_type or "").lower()]


def save_repeats(
    session: Session,
    source_id: int,
    host: str,
    *,
    pages: int,
    lines: Mapping[int, int],
    samples: Sequence[Sample],
    now: datetime,
) -> KnownRepeats:
    """Keep what was learned of a host as its next version. Where the newest one says the same, that is given back: it stands for the
    later captures, too.
    """
    captures = _numbers(session, samples)
    until = max(captures, default=0)
    known = newest_repeats(session, source_id).get(host)
    if known is not None and _are_alike(known.common(), _common(pages, lines)):
        until = max(until, known.newest_capture)
        session.execute(update(SiteRepeats).where(SiteRepeats.id == known.id).values(newest_capture=until))
        return known
    kept = dict(islice(sorted(lines.items(), key=lambda each: -each[1]), MOST_LINES))
    number = known.number + 1 if known is not None else 1
    values = {
        "source_id": source_id,
        "host": host,
        "number": number,
        "learned_at": now,
        "pages": pages,
        "captures": captures,
        "lines": _packed(kept),
        "newest_capture": until,
    }
    row = session.connection().execute(insert(SiteRepeats), values).inserted_primary_key
    assert row is not None
    return KnownRepeats(row[0], number, pages, kept, until)


def _numbers(session: Session, samples: Sequence[Sample]) -> list[int]:
    """The row numbers of captures that were saved."""
    numbers = [each.number or _number(session, each) for each in samples]
    return [number for number in numbers if number]


def _number(session: Session, sample: Sample) -> int:
    place = (Capture.warc_file == sample.warc_file) & (Capture.warc_offset == sample.offset)
    return session.scalar(select(Capture.id).where(place)) or 0


def _known(row: SiteRepeats) -> KnownRepeats:
    return KnownRepeats(row.id, row.number, row.pages, _unpacked(row.lines), row.newest_capture)


def _common(pages: int, lines: Mapping[int, int]) -> frozenset[int]:
    return frozenset(line for line, count in lines.items() if count >= COMMON * pages)


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _packed(lines: Mapping[int, int]) -> bytes:
    return zlib.compress(b"".join(ENTRY.pack(line, count) for line, count in lines.items()))


def _unpacked(blob: bytes) -> dict[int, int]:
    return dict(ENTRY.iter_unpack(zlib.decompress(blob)))
