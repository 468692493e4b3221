"""Pages that no editor meant to write: our sample web's own, broken in every way that a page on the way to us can be, and by malice.

Everything is drawn from one random generator, so that a number names a page for ever.
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from benchmarks.breaks import BREAKS, LARGEST
from benchmarks.broken_words import date_words, noise, words
from benchmarks.sample_pages import Seed, seeds
from scraper.reader_messages import PageRequest
from scraper.reading import Found, Page, RecordFields, Rules, Selectors

MOMENTS = (
    *[datetime(2026, 11, 22, 9, 30, tzinfo=UTC)] * 9,
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2106, 2, 7, tzinfo=UTC),
)
"""When a page may have been fetched: as a rule lately, else when the clock of a file system begins or ends."""
CONTENT_TYPES = (None, "text/html", "text/html; charset=utf-8", "text/plain", ";;;=", "\0")


def broken_page(number: int) -> PageRequest:
    """The page of this number, with the rules it is read by and what discovery knew of it."""
    random = Random(number)
    seed = random.choice(seeds())
    body = seed.body
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        body = random.choice(BREAKS)(random, body)[:LARGEST]
    declared = "text/html; charset=" + random.choice(words("declared"))
    content_type = random.choice((seed.content_type, declared, *CONTENT_TYPES))
    url = seed.url if random.random() < 0.7 else random.choice((*words("urls"), "", "http://a.example/" + "x/" * 3000))
    page = Page(url, body, content_type, random.choice(MOMENTS))
    return PageRequest(page, _rules(random, seed), found=_found(random))


def _rules(random: Random, seed: Seed) -> Rules:
    if random.random() < 0.5:
        return Rules()
    is_record = seed.json or random.random() < 0.05
    return Rules(
        languages=tuple(random.sample(("fa", "ar", "uz", "uz-Cyrl", "zh", "en", "kk"), random.randrange(3))),
        country=random.choice((None, "IR", "UZ", "CN")),
        timezone=random.choice((None, "Asia/Tehran", "Asia/Samarkand", "UTC", "America/New_York")),
        calendar=random.choice((None, "gregorian", "persian", "islamic")),
        selectors=_selectors(random),
        record=RecordFields("title", random.choice(("content", "0.body", "a.b.c"))) if is_record else None,
        kind=random.choice((None, "article", "page")),
    )


def _selectors(random: Random) -> Selectors:
    one = [random.choice((None, *words("selectors"))) for _ in range(5)]
    return Selectors(*one, remove=tuple(random.sample(words("selectors"), random.randrange(3))))


def _found(random: Random) -> Found:
    if random.random() < 0.6:
        return Found()
    anchor = random.choice((None, "", noise(random, 50), noise(random, 5000)))
    return Found(anchor, random.choice((None, "", date_words(random))))
