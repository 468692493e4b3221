"""Where on a page an element stands, by its own tag, role, class and id: the words are in places.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, Literal

from scraper.reading.markup import Element

Place = Literal["", "top", "menu", "crumbs", "side", "foot", "box", "caption"]
"""Where a line stands: "" is the page's own ground, "box" a box of links, shares or comments in it."""

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_BODY_NAME: Final = re.compile(
    r"(?:article|entry|post|news|story|page|main|single|detail|full|node|blog)[-_]{0,2}(?:inner[-_])?(?:body|content|text|detail|main|article)"
    r"|itemfulltext|fulltext|maincontent",
    re.IGNORECASE,
)
_OWN_GROUND: Final = frozenset(["html", "body", "main", "article", "h1", "form"])


def place_of(element: Element) -> Place:
    """Where an element's own markup puts it, "" where it does not say. What holds the page's h1 is no menu, side or box."""
    place, header = _named(element.tag, element.get("role"), element.get("class"), element.get("id"))
    if not place and not header:
        return ""
    if place in {"foot", "caption"}:
        return place
    if element.find(".//h1") is not None:
        return ""
    if header and any(above.tag in {"article", "main"} for above in element.iterancestors()):
        return ""
    return place or "top"


@lru_cache(maxsize=8192)
def _named(tag: str, role: str | None, classes: str | None, identifier: str | None) -> tuple[Place, bool]:
    """The place that tag, role and names say, and whether they call it a header."""
    names = f"{classes or ''} {identifier or ''}"
    if tag in _OWN_GROUND:
        return "", False
    table = _table()
    by_tag: Place = table["tags"].get(tag) or table["roles"].get(role or "", "")
    if by_tag or not names.strip():
        return by_tag, tag == "header"
    if _BODY_NAME.search(names):
        return "", False
    header = tag == "header" or any(name.lower() in table["headers"]["names"] for name in names.split())
    return next((place for name in names.split() if (place := _by_name(name))), ""), header


@lru_cache(maxsize=16384)
def _by_name(name: str) -> Place:
    """The place that one name says, "" for none: the first in the table's order where its words say several."""
    words = [word.lower() for word in _WORDS.findall(name)]
    layout, ranks = _table()["layout"], _ranks()
    if not words or words[0] in layout["negations"] or all(word in layout["words"] for word in words):
        return ""
    said = [ranks[word] for word in (*words, *map("".join, pairwise(words))) if word in ranks]
    return min(said)[1] if said else ""


@cache
def _ranks() -> dict[str, tuple[int, Place]]:
    """Each word of the table to its place, and how early that one stands there."""
    words = list(enumerate(_table()["words"].items()))
    return {word: (rank, place) for rank, (place, known) in reversed(words) for word in known}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("scraper.reading").joinpath("places.toml").read_text("utf-8"))
