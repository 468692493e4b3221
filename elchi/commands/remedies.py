"""What a person can do about each class of failure; docs/run-from-cron.md says what the classes mean."""

from __future__ import annotations

LASTS = "Asked again later. If it lasts, look at the site in a browser."
REFUSED = "The site refuses us. Ask its operator, or raise delay_seconds in the catalogue file. Elchi does not get around a block."
MOVED = "Look at the page in a browser. Where an entry point or host has moved, correct the catalogue file."
GONE = "Nothing for an article: it is no more. Where an entry point has moved, correct the catalogue file."
UNTRUSTED = "The server's certificate or encryption cannot be trusted. Tell its operator."
FORBIDDEN = (
    "robots.txt forbids it, and is obeyed. Ask the site's operator, or leave the addresses out in the catalogue file."
)
DRAWN = "A script draws the page, and Elchi runs none. Look for a feed, sitemap or JSON API of the site."
ENDLESS = "Addresses without end, as of a calendar, are left alone. Leave them out in the catalogue file, or nothing."
LARGE = "Raise ELCHI_PAGE_MEGABYTES if the page is worth it."
SLOW = "The page is kept in the WARC. Raise ELCHI_READER_SECONDS or ELCHI_READER_MEGABYTES if it is worth it."
OURS = "The page is kept in the WARC. Please report it, with the address."
NOTHING = "Nothing: it is asked in the next run."
ROOM = "Make room, or let the database run again, then crawl again. Nothing that was captured is lost."

REMEDIES = {
    "blocked by law": REFUSED,
    "challenge": REFUSED,
    "client error": MOVED,
    "connection": LASTS,
    "cut short": LASTS,
    "database": ROOM,
    "discovery fault": OURS,
    "disk full": ROOM,
    "empty": LASTS,
    "encoding": LASTS,
    "forbidden": REFUSED,
    "gone": GONE,
    "held by another run": NOTHING,
    "ignored": MOVED,
    "login": REFUSED,
    "needs javascript": DRAWN,
    "no links": MOVED,
    "no such host": MOVED,
    "not as expected": MOVED,
    "not http": MOVED,
    "not readable": OURS,
    "not saved": OURS,
    "odd status": LASTS,
    "other": OURS,
    "other host": MOVED,
    "reader crashed": SLOW,
    "reader fault": OURS,
    "reader timeout": SLOW,
    "redirect": MOVED,
    "redirect away": MOVED,
    "redirect loop": MOVED,
    "refused": LASTS,
    "robots": FORBIDDEN,
    "server error": LASTS,
    "soft 404": GONE,
    "ssl": UNTRUSTED,
    "stopped": NOTHING,
    "timeout": LASTS,
    "too large": LARGE,
    "too many requests": REFUSED,
    "trap": ENDLESS,
}
"""By class. A ledger of another version may know others."""


def remedy_for(failure: str) -> str:
    """What a person can do about a class of failure."""
    return REMEDIES.get(failure, LASTS)
