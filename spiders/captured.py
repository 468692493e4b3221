"""A fetched page as the pipelines take it: the capture's name, and all that the catalogue and discovery know of the page."""

from __future__ import annotations

from dataclasses import replace

from scraper.items import CapturedPage
from scraper.reading import Found
from spiders.catalogue import Api, Source
from spiders.preparation import entries_by_url
from spiders.revisit import next_visits
from storage.archive import Fetched
from storage.frontier import Due


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
    )
