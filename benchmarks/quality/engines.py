"""The readers that are compared, each used as its own documentation says. Bytes go in; each is imported when it is first asked.

This module imports nothing of Elchi, so that it runs in the peers' environment, too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Found = dict[str, str | None]
"""text, title and date (ISO 8601), as far as an engine looks for them."""

Engine = Callable[[bytes, str | None], Found]

FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""When every page counts as fetched: pages of a corpus have no such time, and the machine's clock would change the figures."""


def trafilatura(body: bytes, url: str | None, **settings: Any) -> Found:
    """bare_extraction with metadata; without comments, which no gold holds."""
    from trafilatura import bare_extraction

    found = bare_extraction(body, url=url, include_comments=False, with_metadata=True, **settings)
    if found is None:
        return {}
    return {"text": found.text, "title": found.title, "date": found.date}


def trafilatura_precision(body: bytes, url: str | None) -> Found:
    """The same with favor_precision."""
    return trafilatura(body, url, favor_precision=True)


def readability(body: bytes, url: str | None) -> Found:
    """readability-lxml: summary() as text, block by block, and its short title."""
    from lxml import html
    from readability import Document

    document = Document(body, url=url)
    tree = html.fromstring(document.summary())
    for block in tree.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "tr", "td", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return {"text": tree.text_content(), "title": document.short_title(), "date": None}


def newspaper(body: bytes, url: str | None) -> Found:
    """newspaper4k; bytes are decoded by its own parser, the language is the page's meta tag's."""
    from newspaper import Article
    from newspaper.parsers import get_unicode_html

    article = Article(url or "http://page.example/", fetch_images=False)
    article.download(input_html=get_unicode_html(body))
    article.parse()
    return {"text": article.text, "title": article.title, "date": _day(article.publish_date)}


def news_please(body: bytes, url: str | None) -> Found:
    """news-please: from_html, the bytes decoded as its from_warc does it."""
    from bs4.dammit import EncodingDetector
    from newsplease import NewsPlease

    encoding = EncodingDetector.find_declared_encoding(body, is_html=True) or "utf-8"
    try:
        html = body.decode(encoding, errors="replace")
    except LookupError:
        html = body.decode("utf-8", errors="replace")
    article = NewsPlease.from_html(html, url=url, fetch_images=False)
    return {"text": article.maintext, "title": article.title, "date": _day(article.date_publish)}


def resiliparse(body: bytes, url: str | None) -> Found:
    """Resiliparse: main content of a tree parsed by the charset that it detects."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(body, detect_encoding(body))
    return {
        "text": extract_plain_text(tree, main_content=True, alt_texts=False),
        "title": tree.title,
        "date": None,
    }


def htmldate(body: bytes, url: str | None) -> Found:
    """htmldate: the day of publication. It reads nothing else."""
    from htmldate import find_date

    return {"date": find_date(body, url=url, original_date=True)}


def elchi(body: bytes, url: str | None) -> Found:
    """Elchi without any rules of the source."""
    from scraper.reading import NotReadable, Page, read_page

    try:
        read = read_page(Page(url or "", body, None, FETCHED_AT))
    except NotReadable:
        return {}
    published = read.published.day.isoformat() if read.published else None
    return {"text": read.text, "title": read.title, "date": published}


def _day(moment: Any) -> str | None:
    return str(moment)[:10] if moment else None


ENGINES: dict[str, Engine] = {
    "elchi": elchi,
    "trafilatura": trafilatura,
    "trafilatura, favor_precision": trafilatura_precision,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "news-please": news_please,
    "resiliparse": resiliparse,
    "htmldate": htmldate,
}
OURS = ("elchi",)
"""Those that run in Elchi's own environment."""

PARTS = {"htmldate": ("date",), "readability-lxml": ("text", "title"), "resiliparse": ("text", "title")}
"""What an engine looks for, where that is not everything."""
