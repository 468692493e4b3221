"""Pages of the tests' sample web, without a server: something that is in order, to be broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

PAGES_A_SITE = 4


@dataclass(frozen=True, slots=True)
class Seed:
    """A page that is in order. json: whether it is a record of an API."""

    url: str
    body: bytes
    content_type: str
    json: bool


@cache
def seeds() -> tuple[Seed, ...]:
    """Some pages of each site of the sample web: the first of its articles, listings and standing pages."""
    from tests.sample_web.sites import SITES

    return tuple(seed for site in SITES for seed in islice(_pages_of(site), PAGES_A_SITE))


def _pages_of(site: Any) -> Iterator[Seed]:
    from tests.sample_web.site import Request

    for row in site.rows():
        parts = urlsplit(row["url"])
        answer = site.answer(Request(parts.hostname or "", parts.path, {}, {}, date(2026, 11, 22)))
        if answer.status == 200 and answer.body:
            yield Seed(row["url"], answer.body, answer.content_type, "json" in answer.content_type)
