"""A source for discovery to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from spiders.catalogue import Source
from spiders.catalogue.entry import Api, Feed, Listing, Sitemap
from spiders.catalogue.source import Articles, Facts, Institution
from spiders.discovery import Answer, Discovered, discover

HOST = "uni.test"
ROOT = f"http://{HOST}"


def source(entry: Feed | Sitemap | Listing | Api, *, languages: tuple[str, ...] = ("en",), **articles: Any) -> Source:
    return Source(
        slug="uni",
        path=Path("uni.toml"),
        institution=Institution(name={"en": "A University"}, country="UZ", kind="university", homepage=f"{ROOT}/"),
        hosts=(HOST, f"www.{HOST}"),
        languages=languages,
        timezone="Asia/Tashkent",
        delay_seconds=0,
        entries=(entry,),
        articles=Articles(**articles),
        facts=Facts(checked=date(2026, 11, 22)),
    )


def found_in(
    entry: Feed | Sitemap | Listing | Api,
    body: str | bytes,
    *,
    depth: int = 0,
    languages: tuple[str, ...] = ("en",),
    **articles: Any,
) -> Discovered:
    """What discovery makes of a body at the entry's address."""
    data = body.encode() if isinstance(body, str) else body
    answer = Answer(entry.url.replace("{page}", "1"), data, None, depth)
    return discover(source(entry, languages=languages, **articles), entry, answer)


def urls(found: Discovered) -> list[str]:
    return [candidate.url.removeprefix(ROOT) for candidate in found.candidates]
