"""The tables. Every stored fact can be traced: article version, capture, WARC file and offset, bytes, SHA-256."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from storage.dialects import BigId, Moment, Words


class Base(DeclarativeBase):
    """Common types: row numbers of 64 bits, moments in UTC, JSON for small lists and maps."""

    type_annotation_map: ClassVar = {
        int: BigId,
        datetime: Moment,
        float: Double,
        str: Words,
        dict[str, Any]: JSON(none_as_null=True),
        dict[str, str]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[int]: JSON(none_as_null=True),
        list[dict[str, str]]: JSON(none_as_null=True),
    }


class ArchiveState(Base):
    """One row. `change` counts every change to an article; the search index follows it. As writers take turns, it rises in order."""

    __tablename__ = "archive_state"
    id: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[int] = mapped_column(default=0)


class Institution(Base):
    """A university or a ministry. names: by BCP 47 tag. country: ISO 3166-1 alpha-2. ror: Research Organization Registry id."""

    __tablename__ = "institution"
    id: Mapped[int] = mapped_column(primary_key=True)
    homepage: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, str]]
    country: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(20))
    ror: Mapped[str | None]


class Source(Base):
    """One catalogue file as the archive knows it; the file stays the truth.

    traps: by shape of address, when it was noticed that pages of this shape bring nothing; see storage/traps.py.
    """

    __tablename__ = "source"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    hosts: Mapped[list[str]]
    languages: Mapped[list[str]]
    traps: Mapped[dict[str, Any] | None]
    institution: Mapped[Institution] = relationship(lazy="joined")


class Page(Base):
    """One page, however many addresses it has.

    key: its identity, see storage/identity.py. url: the address to cite. fetch_url: as it was found, what is asked.
    role: article (or what may be one), entry (the first page of an entry point), listing (a later one).
    entry_url: the entry point that led here. depth: pages after the entry. found_on: the page whose link led here.
    state: found (to be asked), fetched, failed (given up for now), gone (404, 410).
    claim: the key of the address that the page claims for itself (`<link rel=canonical>`), where that is another.
    etag, last_modified: validators of the last full answer from fetch_url. unchanged: visits since the last change.
    full_at: when the page last answered in full, not with 304. misled: its validators stayed the same while it changed.
    For an entry: swept_at: when its pagination was last followed to the end. gap_hours: the mean time between two of
    its news. page_size: how many links a further page of its list brings. since: the day back to which its list is
    being followed, None when that is done.
    """

    __tablename__ = "page"
    __table_args__ = (
        Index("page_source_state", "source_id", "state"),
        Index("page_source_next_visit", "source_id", "next_visit_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    key: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str]
    fetch_url: Mapped[str]
    role: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="found")
    entry_url: Mapped[str | None]
    depth: Mapped[int] = mapped_column(default=0)
    found_at: Mapped[datetime]
    found_on: Mapped[str | None]
    anchor: Mapped[str | None]
    listed_date: Mapped[str | None]
    claim: Mapped[str | None] = mapped_column(index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    last_visit_at: Mapped[datetime | None]
    next_visit_at: Mapped[datetime | None]
    unchanged: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    full_at: Mapped[datetime | None]
    misled: Mapped[bool | None]
    swept_at: Mapped[datetime | None]
    gap_hours: Mapped[float | None]
    page_size: Mapped[int | None]
    since: Mapped[date | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    source: Mapped[Source] = relationship()


class Address(Base):
    """Every URL under which a page is known: www, http, `?p=`, tracking parameters, redirects."""

    __tablename__ = "address"
    url: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)


class Capture(Base):
    """One answer of a server, and where its bytes lie.

    sha256: of the payload in the content encoding it came in, hexadecimal. warc_offset, warc_length: of the gzip member, in bytes.
    outcome: what the reader made of it (article, page, listing, none, unreadable); None for what it does not read (redirects, errors).
    reader: software and version that read it. site_repeats_id: what it was told of the lines that the site repeats, if anything.
    """

    __tablename__ = "capture"
    __table_args__ = (UniqueConstraint("warc_file", "warc_offset"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"), index=True)
    url: Mapped[str]
    fetched_at: Mapped[datetime]
    status: Mapped[int]
    content_type: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(String(64))
    warc_file: Mapped[str] = mapped_column(String(120))
    warc_offset: Mapped[int]
    warc_length: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(String(20))
    reader: Mapped[str | None] = mapped_column(String(80))
    site_repeats_id: Mapped[int | None] = mapped_column(ForeignKey("site_repeats.id"))
    site_repeats: Mapped[SiteRepeats | None] = relationship(lazy="joined")


class SiteRepeats(Base):
    """The lines that a host's pages share, as a crawl learned them; see scraper/reading/repeats.py. Versions stay as they are.

    host: as in a page's key. number: 1 for the first version of a source's host. pages: how many it was learned from, captures: those of
    them that were saved. lines: by a line's key, on how many of the pages it stands, packed; see storage/repeats.py. newest_capture: the
    newest capture that was looked at for it, or that a later look found to repeat the same lines.
    """

    __tablename__ = "site_repeats"
    __table_args__ = (UniqueConstraint("source_id", "host", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    host: Mapped[str]
    number: Mapped[int]
    learned_at: Mapped[datetime]
    pages: Mapped[int]
    captures: Mapped[list[int]] = mapped_column(deferred=True)
    lines: Mapped[bytes] = mapped_column(deferred=True)
    newest_capture: Mapped[int]


class WarcFile(Base):
    """A WARC file of the archive. closed_at is set once every capture in it is in the database."""

    __tablename__ = "warc_file"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Article(Base):
    """One piece of news (or a standing page, see kind), however many addresses it has. The first of its pages is its own.

    newest: the number of its newest version. change: the archive's change number when it last changed.
    """

    __tablename__ = "article"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    newest: Mapped[int] = mapped_column(default=0)
    change: Mapped[int] = mapped_column(index=True)
    pages: Mapped[list[Page]] = relationship(viewonly=True, order_by=Page.id, lazy="selectin")
    version: Mapped[ArticleVersion] = relationship(
        primaryjoin="and_(ArticleVersion.article_id == Article.id, ArticleVersion.number == Article.newest)",
        viewonly=True,
        uselist=False,
        lazy="joined",
    )


class ArticleVersion(Base):
    """One text that an article has carried, and the capture it was read from. number: 1 for the first.

    published_*: see scraper/reading: the day in the source's zone, the moment in UTC if a time was said, the words, the calendar they
    were written in, how much was said, where it stood, how sure. modified, event: the same facts as JSON.
    markdown: None where it is the text as it stands. why: the evidence for each field, by the field's name; None in versions of before it
    was kept. text_sha256: of the folded title and text; equal texts are one article.
    """

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), index=True)
    title: Mapped[str | None]
    byline: Mapped[str | None]
    text: Mapped[str]
    markdown: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(20))
    published_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_raw: Mapped[str | None]
    published_calendar: Mapped[str | None] = mapped_column(String(20))
    published_precision: Mapped[str | None] = mapped_column(String(10))
    published_method: Mapped[str | None] = mapped_column(String(40))
    published_confidence: Mapped[float | None]
    modified: Mapped[dict[str, Any] | None]
    event: Mapped[dict[str, Any] | None]
    links: Mapped[list[dict[str, str]]]
    images: Mapped[list[str]]
    why: Mapped[dict[str, str] | None]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    capture: Mapped[Capture] = relationship(lazy="joined")
    mentions: Mapped[list[Mention]] = relationship(viewonly=True, order_by=lambda: Mention.position, lazy="selectin")


class Mention(Base):
    """A country that a version names, apart from its source's own. country: ISO 3166-1 alpha-2. words: those it was read from.

    position: 0 for the country that is named first.
    """

    __tablename__ = "mention"
    article_version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    country: Mapped[str] = mapped_column(String(2), index=True)
    words: Mapped[list[str]]


class Run(Base):
    """One crawl. reason: how it ended, None while it runs or when it was killed."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    version: Mapped[str] = mapped_column(String(20))
    process: Mapped[int]


class RunSource(Base):
    """What a run asked of one source and what came of it.

    failures: by class, {"count": n, "examples": [{"url": ..., "message": ...}]}. What follows `seconds` is what storage/health.py
    compares, None in runs before it was noted: broken: an entry point could not be used. candidates: links that the entry points
    and their lists showed, None also where none of them answered anew. articles: pages read as articles in this run, titled and dated:
    those with a title and with a date. body_length: the median of their texts, in characters. language: the most frequent of them (BCP 47),
    language_share: 0 to 1. lost: pages that had an article, and now read as a list or as nothing. strange: of `other`, those seen
    for the first time whose address is like no article's. missed: by name of a selector of the source's catalogue file, on how many of the
    articles it found nothing where something was found without it.
    """

    __tablename__ = "run_source"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    asked: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    copies: Mapped[int] = mapped_column(default=0)
    other: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    failures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seconds: Mapped[float] = mapped_column(default=0)
    broken: Mapped[bool | None]
    candidates: Mapped[int | None]
    articles: Mapped[int | None]
    titled: Mapped[int | None]
    dated: Mapped[int | None]
    body_length: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(20))
    language_share: Mapped[float | None]
    lost: Mapped[int | None]
    strange: Mapped[int | None]
    missed: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[Source] = relationship(lazy="joined")
