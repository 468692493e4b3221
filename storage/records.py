"""An article as one record: what `elchi show`, exports and the Python API give. docs/data-dictionary.md says what each field means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.errors import ArticleUnknown, CaptureUnknown
from storage.models import Address, Article, ArticleVersion, Capture, SiteRepeats
from storage.pages import find_page
from storage.sources import institution_name

LONGEST_NUMBER = 18
"""Digits of a row number. A database cannot even be asked for what exceeds 64 bits."""


def find_article(session: Session, name: str) -> Article:
    """The article of a number or of any of its addresses. Raises `ArticleUnknown`."""
    if name.isdecimal():
        article = session.get(Article, int(name)) if len(name) <= LONGEST_NUMBER else None
        advice = "Numbers stand in the results of elchi search."
    else:
        page = find_page(session, name)
        article = session.get(Article, page.article_id) if page is not None and page.article_id is not None else None
        advice = "Give an article's number or its full address, or look for its words with elchi search."
    if article is None:
        raise ArticleUnknown(f"The archive has no article {name}. {advice}")
    return article


def article_record(session: Session, article: Article) -> dict[str, Any]:
    """All that is known of an article, as JSON values: days as ISO 8601, moments as RFC 3339 UTC."""
    return _record(article, _addresses(session, [article]))


def article_records(session: Session, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The records of articles by their numbers, in that order; a number that no article has is left out.

    A few statements serve them all, so give some hundred at once.
    """
    articles = {article.id: article for article in session.scalars(select(Article).where(Article.id.in_(numbers)))}
    addresses = _addresses(session, articles.values())
    return (_record(articles[number], addresses) for number in numbers if number in articles)


def find_capture(session: Session, number: str) -> Capture:
    """The capture of this number. Raises `CaptureUnknown`."""
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    capture = session.get(Capture, int(number)) if is_number else None
    if capture is None:
        raise CaptureUnknown(
            f"The archive has no capture {number}. elchi show and elchi health name captures by number."
        )
    return capture


def capture_record(capture: Capture) -> dict[str, Any]:
    """Where the bytes of an answer lie, as JSON values."""
    return {
        "id": capture.id,
        "run": capture.run_id,
        "url": capture.url,
        "fetched_at": _moment(capture.fetched_at),
        "status": capture.status,
        "sha256": capture.sha256,
        "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset,
        "warc_length": capture.warc_length,
        "reader": capture.reader,
        "site_repeats": _repeats(capture.site_repeats),
    }


def _repeats(known: SiteRepeats | None) -> dict[str, int] | None:
    return {"version": known.number, "pages": known.pages} if known is not None else None


def _addresses(session: Session, articles: Iterable[Article]) -> dict[int, list[str]]:
    """By page, its addresses."""
    page_ids = [page.id for article in articles for page in article.pages]
    by_page: dict[int, list[str]] = {number: [] for number in page_ids}
    statement = select(Address.page_id, Address.url).where(Address.page_id.in_(page_ids))
    for page_id, url in session.execute(statement):
        by_page[page_id].append(url)
    return by_page


def _record(article: Article, by_page: dict[int, list[str]]) -> dict[str, Any]:
    version, page = article.version, article.pages[0]
    source = page.source
    addresses = sorted(url for each in article.pages for url in by_page[each.id])
    return {
        "id": article.id,
        "kind": article.kind,
        "title": version.title,
        "byline": version.byline,
        "language": version.language,
        "published": _published(version),
        "modified": version.modified,
        "event": version.event,
        "source": source.slug,
        "institution": institution_name(source.institution, version.language),
        "country": source.institution.country,
        "url": page.url,
        "addresses": [page.url, *(url for url in addresses if url != page.url)],
        "copies": [{"source": each.source.slug, "url": each.url} for each in article.pages[1:]],
        "state": page.state,
        "first_seen": _moment(page.found_at),
        "last_seen": _moment(page.last_visit_at),
        "version": version.number,
        "capture": capture_record(version.capture),
        "links": version.links,
        "images": version.images,
        "countries": [{"code": each.country, "words": each.words} for each in version.mentions],
        "why": version.why or {},
        "text": version.text,
        "markdown": version.text if version.markdown is None else version.markdown,
    }


def _published(version: ArticleVersion) -> dict[str, Any] | None:
    if version.published_on is None:
        return None
    return {
        "date": version.published_on.isoformat(),
        "at": _moment(version.published_at),
        "raw": version.published_raw,
        "calendar": version.published_calendar,
        "precision": version.published_precision,
        "method": version.published_method,
        "confidence": version.published_confidence,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
