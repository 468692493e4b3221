"""The day of publication in the data of a page's scripts: what a site's own program draws the page from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from scraper.reading.declared import Statement
from scraper.reading.markup import Element
from scraper.reading.stated import name_set, names, plain

_MOST: Final = 4_000_000
"""Characters of script that are looked through: pages carry megabytes of it."""
_MOST_HITS: Final = 2_000
_MOST_DATES: Final = 60
_PART: Final = re.compile(r"ubli[sc]|ub_?[dDtT](?:ate|ime)|ost_?[dD]ate|isplayDate|ewsDate")
"""What every key of the table holds: a plain search for it costs a tenth of one for whole keys."""
_BEFORE, _AFTER = 24, 96
_PAIR: Final = re.compile(
    r"""(?<![\w-])([\w-]{6,40})\\?(?:["']|&quot;)?\s{0,4}[:=]\s{0,4}\\?(?:["']|&quot;)([^"'\\<>&]{8,40})"""
)


def script_statements(tree: Element) -> Iterator[Statement]:
    """The dates beside the strongest key that the scripts hold, each text once.

    A page's data tells of its neighbours too: the caller believes only a day that all of them agree on.
    """
    found: dict[str, list[str]] = {}
    left, hits = _MOST, _MOST_HITS
    for script in tree.iter("script"):
        text = script.text or ""
        left -= len(text)
        if left < 0 or hits < 0:
            break
        if "ld+json" in (script.get("type") or ""):
            continue
        for part in _PART.finditer(text):
            hits -= 1
            if hits < 0:
                break
            _note(text[max(0, part.start() - _BEFORE) : part.end() + _AFTER], found)
    strongest = next((name for name in names("keys", "published") if name in found), None)
    for value in found[strongest] if strongest else ():
        yield Statement(html.unescape(value), "script", 0.6)


def _note(text: str, found: dict[str, list[str]]) -> None:
    for key, value in _PAIR.findall(text):
        name = plain(key)
        if name in name_set("keys", "published"):
            values = found.setdefault(name, [])
            if value not in values and len(values) < _MOST_DATES:
                values.append(value)
