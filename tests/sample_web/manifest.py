"""What a perfect crawl of the sample web finds, computed from the content files that the pages are made of.

Rows of kind "article" carry: site, url (canonical), addresses (every address that answers with this article, url first),
title, published and modified (local ISO dates, None where the site does not say), published_at (RFC 3339 UTC, None where
no time is said), calendar (the published date's, as written; None without one), language (BCP 47), countries (partner
countries named, ISO 3166-1 alpha-2), text (paragraphs parted by an empty line), copy_of (the url of the row that this
one repeats, or None).
Rows of kind "page" (standing pages) and "listing" carry site, url, addresses, title and language: nothing to store as an article.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tests.sample_web.content import Article, day
from tests.sample_web.site import Row

__all__ = ["Row", "article_row", "manifest", "other_row"]


def article_row(
    site: str, article: Article, addresses: tuple[str, ...], *, calendar: str = "gregorian", copy_of: str | None = None
) -> Row:
    published, modified = article.published, article.modified
    moment = published.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(published, datetime) else None
    return {
        "kind": "article",
        "site": site,
        "url": addresses[0],
        "addresses": list(addresses),
        "title": article.title,
        "published": day(published).isoformat() if published else None,
        "published_at": moment,
        "modified": day(modified).isoformat() if modified else None,
        "calendar": calendar if published else None,
        "language": article.language,
        "countries": sorted(article.countries),
        "text": article.text,
        "copy_of": copy_of,
    }


def other_row(kind: str, site: str, addresses: tuple[str, ...], title: str, language: str) -> Row:
    """A row of kind "page" or "listing"."""
    return {
        "kind": kind,
        "site": site,
        "url": addresses[0],
        "addresses": list(addresses),
        "title": title,
        "language": language,
    }


def manifest() -> list[Row]:
    """All rows, site by site in the order of `tests.sample_web.sites.SITES`."""
    from tests.sample_web.sites import SITES  # here, as the sites import the row makers of this module

    return [row for site in SITES for row in site.rows()]
