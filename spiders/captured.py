"""A fetched page as the pipelines take it: the capture's name, and all that the catalogue and discovery know of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from scraper.items import CapturedPage
from scraper.reading import Found
from spiders.catalogue import Api, Source
from spiders.preparation import entries_by_url
from storage.archive import Fetched
from storage.frontier import Due
from storage.identity import page_key
from storage.schedule import next_visits, retry_at

FRONT = re.compile(r"/?(?:[a-z]{2}/?)?(?:(?:index|default)\.\w{3,5})?", re.IGNORECASE)
"""The path of a site's front page, or of one language's."""


def captured_page(source: Source, due: Due | None, fetched: Fetched) -> CapturedPage:
    """due: what the frontier knew of the page, None where it knows nothing (a redirect's end, taken up after a crash)."""
    page_url = due.page_url if due else fetched.url
    entry = entries_by_url(source).get(due.entry_url or "") if due else None
    is_record = isinstance(entry, Api) and entry.record is not None
    return CapturedPage(
        source=source.slug,
        page_url=page_url,
        fetched=replace(fetched, addresses=()) if is_record else fetched,
        rules=source.rules(page_url, entry if is_record else None),
        found=Found(due.anchor, due.listed_date) if due else Found(),
        visits=next_visits(fetched.fetched_at, due.unchanged if due else 0),
        retry_at=retry_at(fetched.fetched_at, due.failures if due else 0, None),
        is_known=due is not None and due.is_known,
        failure=None if is_record else _led_away(source, page_url, fetched),
    )


def _led_away(source: Source, page_url: str, fetched: Fetched) -> tuple[str, str] | None:
    """The failure of a redirect that leads from an article to the front page or to a list: there is no article, and nobody says so."""
    final = fetched.addresses[-1] if fetched.addresses else page_url
    if page_key(final) == page_key(page_url) or _is_front(page_url):
        return None
    lists = {page_key(url) for url in (source.institution.homepage, *entries_by_url(source))}
    if page_key(final) not in lists and not _is_front(final):
        return None
    return "redirect away", f"the server led to {final}, which is the front page or a list"


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and FRONT.fullmatch(parts.path) is not None
