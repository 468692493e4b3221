"""Addresses without end that bring nothing: calendars, facets, session ids, one page under a thousand queries.

They are known by what they do: many pages of one shape of address, and hardly a new text among them. Such a shape is not asked any more
for a while; then it is looked at again, as it may have been a site's bad day.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Page, Source

MANY = 30
"""Pages of one shape, never read before, that one run asks before it judges the shape."""

FEW_NEW = 0.1
"""Where at most this share of them are new articles, the shape is a trap."""

GOOD = 4
"""A shape that has brought so many articles is none, whatever it brings today: more than a suspicious one can have brought in a run."""

LOOKED_AT = 500
"""The latest articles of a source among which those are counted."""

KEPT_OUT = timedelta(days=28)
"""How long a trap is not asked."""

LONG = 24
"""Characters from which a step of a path is a title or a key, and not a word."""

REPEATS = 3
"""A step of a path that stands so often in it was added by the site to itself."""

_KEY = re.compile(r"(?=[a-z-]*\d)[0-9a-z-]{16,}|[^-_]+(?:[-_][^-_]+){3,}", re.IGNORECASE)
"""Hexadecimal and other keys, and titles of four words."""


def shape_of(url: str) -> str:
    """An address with what differs from page to page left out: ``uni.example/news/#``, ``uni.example/list?page&sort``."""
    parts = urlsplit(url)
    steps = [_step(unquote(step)) for step in parts.path.strip("/").split("/")]
    names = sorted({each.partition("=")[0] for each in parts.query.split("&") if each})
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}/{'/'.join(steps)}" + (f"?{'&'.join(names)}" if names else "")


def _step(step: str) -> str:
    if len(step) >= LONG or _KEY.fullmatch(step):
        return "*"
    return re.sub(r"\d+", "#", step)


def grows_by_itself(url: str) -> bool:
    """Whether the path says one thing again and again: ``/en/news/news/news``."""
    steps = [step for step in urlsplit(url).path.split("/") if step and not step.isdecimal()]
    return any(steps.count(step) >= REPEATS for step in set(steps))


@dataclass(slots=True)
class TrapWatch:
    """What one run has seen of one source. shut: the shapes that are not asked. good: those of articles, None until asked."""

    shut: set[str] = field(default_factory=set)
    good: set[str] | None = None
    _asked: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _new: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def is_shut(self, url: str) -> bool:
        """Whether a page should not be asked."""
        return bool(self.shut) and shape_of(url) in self.shut

    def note(self, url: str, *, is_new: bool) -> str | None:
        """Count a page that was read for the first time. The shape that has become suspicious by it, each only once in a run."""
        shape = shape_of(url)
        self._asked[shape] += 1
        self._new[shape] += is_new
        suspicious = self._asked[shape] == MANY and self._new[shape] <= FEW_NEW * MANY
        return shape if suspicious and shape not in (self.good or ()) else None

    def is_strange(self, url: str) -> bool:
        """Whether no page with such an address has ever been an article, where others have: what it reads as says nothing of the site."""
        return bool(self.good) and shape_of(url) not in (self.good or ())


def known_traps(session: Session, source_id: int, now: datetime) -> set[str]:
    """The shapes of a source that are not asked for now."""
    traps = session.get_one(Source, source_id).traps or {}
    return {shape for shape, noticed in traps.items() if now - datetime.fromisoformat(noticed) < KEPT_OUT}


def good_shapes(session: Session, source_id: int) -> set[str]:
    """The shapes of the addresses at which a source has articles."""
    urls = session.scalars(
        select(Page.url)
        .where(Page.source_id == source_id, Page.article_id.is_not(None))
        .order_by(Page.id.desc())
        .limit(LOOKED_AT)
    )
    counts = Counter(map(shape_of, urls))
    return {shape for shape, count in counts.items() if count >= GOOD}


def shut_trap(session: Session, source_id: int, shape: str, now: datetime) -> None:
    """Remember that a shape is a trap."""
    source = session.get_one(Source, source_id)
    source.traps = {**(source.traps or {}), shape: now.isoformat()}
