"""What may stand in a page's stead: a challenge, a page that a script must draw first, a "not found" with a status of success.

Elchi tells them by evidence (obstacles.toml) and never gets around one. All of them have little to read: a page with more than
`MOST_TEXT` is no challenge, whatever it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from scraper.reading.charset import decode
from scraper.reading.markup import Element, parse, select, text_of
from scraper.reading.model import Page, Reading
from scraper.reading.notices import Notice, has_notice, is_notice, notice_in, obstacle_table, weighed_length
from scraper.reading.phrases import fold

MOST_TEXT: Final = 1500
"""Weighed characters of the largest page of this sort, a block that is explained in two languages."""
FEW_WORDS: Final = 400
"""Weighed characters of a page that says one thing."""
NO_WORDS: Final = 60
"""Weighed characters of a page that says nothing, or "Loading..."."""
FEW_LINKS, MOST_LINKS = 5, 20
"""Of a page that says one thing, and of any challenge: a page of the site itself has menus."""
LONGEST_TITLE: Final = 300
LARGEST: Final = 1_000_000
"""Bytes beyond which no page of this sort was ever seen."""

_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_ROOTS: Final = (
    "#root, #app, #__next, #__nuxt, #___gatsby, #q-app, #svelte, #react-root, #app-root, app-root, [ng-app], [ng-view]"
)
"""Where the usual frameworks draw their pages."""
_PICTURES: Final = ("img", "iframe", "frame", "object", "embed", "video", "audio", "canvas")
_JAVASCRIPT: Final = re.compile(r"java ?script|جاوا ?اسکریپت|جافا ?سکریبت|джава ?скрипт|자바스크립트")
"""In folded words."""
_COOKIE: Final = re.compile(r"document\.cookie\s*=[^=]")
_RELOADS: Final = re.compile(r"location(?:\.(?:reload|replace|assign)\(|(?:\.href)?\s*=[^=])")
_REFRESHES: Final = re.compile(r"http-equiv=[\"']?refresh")
_ACTS: Final = re.compile(r"<script|<form|http-equiv=[\"']?refresh")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """failure: its class. evidence: a sentence that says how it was told."""

    failure: Literal["challenge", "needs javascript", "soft 404"]
    evidence: str


@dataclass(frozen=True, slots=True)
class Sight:
    """A page at first sight. markup, scripts: in lower case. text: what is shown without scripts, folded; size: its weighed length.

    title: of ``<title>``, folded. headings: the first ones, folded. unscripted: what ``<noscript>`` says, folded.
    links: how many, at most one more than `FEW_LINKS`.
    empty_root: whether a framework is to draw the page. pictures: whether it shows anything but words.
    """

    markup: str
    scripts: str
    text: str
    size: int
    title: str
    headings: tuple[str, ...]
    unscripted: str
    links: int
    empty_root: bool
    pictures: bool


def look(body: bytes, content_type: str | None) -> Sight | None:
    """A page at first sight, None where it is too large, or no markup. body: decoded bytes."""
    if len(body) > LARGEST or not _MARKUP.match(body):
        return None
    markup = decode(body, content_type).text
    tree = parse(markup)
    if tree is None:
        return None
    shown = tree.find("body")
    text = text_of(shown) if shown is not None else ""
    title = next(tree.iter("title"), None)
    headings = [text_of(node) for tag in ("h1", "h2") for node in islice(tree.iter(tag), 2)][:2]
    return Sight(
        markup=markup.lower(),
        scripts="\n".join(node.text or "" for node in tree.iter("script")).lower(),
        text=fold(text[:MOST_TEXT]),
        size=weighed_length(text),
        title=fold((title.text or "")[:LONGEST_TITLE]) if title is not None else "",
        headings=tuple(folded for heading in headings if (folded := fold(heading[:LONGEST_TITLE]))),
        unscripted=fold(
            " ".join(word for node in islice(tree.iter("noscript"), 9) for word in node.itertext())[:MOST_TEXT]
        ),
        links=sum(1 for _ in islice(tree.iter("a"), FEW_LINKS + 1)),
        empty_root=any(len(text_of(root)) <= NO_WORDS for root in select(tree, _ROOTS)[:9]),
        pictures=any(not _is_unscripted(node) for node in islice(tree.iter(*_PICTURES), 9)),
    )


def _is_unscripted(element: Element) -> bool:
    return any(above.tag == "noscript" for above in element.iterancestors())


def find_challenge(body: bytes, content_type: str | None, headers: Mapping[str, str]) -> Obstacle | None:
    """The challenge that an answer is, whatever its status. body: decoded bytes. headers: by name in lower case."""
    for name, values in obstacle_table()["headers"].items():
        if (value := headers.get(name, "").strip().lower()) in values:
            return Obstacle("challenge", f"the answer's header says {name}: {value}")
    sight = look(body, content_type) if body.lower().count(b"<a ") <= MOST_LINKS else None
    evidence = _challenges(sight) if sight is not None else None
    return Obstacle("challenge", f"the page asks for a proof, or blocks us: {evidence}") if evidence else None


def find_nothing(body: bytes, content_type: str | None) -> Obstacle | None:
    """Why a page that is no challenge has nothing to read or to follow; None where it does not say."""
    sight = look(body, content_type)
    if sight is None:
        return None
    return _missing(sight) or _shell(sight)


def instead_of(page: Page, headers: Mapping[str, str], reading: Reading | None) -> Obstacle | None:
    """What stands in an article's stead, None where the page is what it seems.

    headers: by name in lower case; empty where they are not known, as of a file: the page then speaks for itself. reading: what was made
    of it, None where that failed.
    """
    is_read = reading is not None and reading.kind in {"article", "page"}
    size = weighed_length(reading.text[: MOST_TEXT + 1]) if reading is not None and is_read else 0
    is_headed = reading is not None and is_notice(fold((reading.title or "")[:LONGEST_TITLE]), "missing")
    if size > MOST_TEXT and not is_headed:
        return None
    if (challenge := find_challenge(page.body, page.content_type, headers)) is not None:
        return challenge
    if reading is None or (sight := look(page.body, page.content_type)) is None:
        return None
    missing = _missing(sight) if size <= FEW_WORDS or is_headed else None
    return missing or (_shell(sight) if reading.kind == "none" else None)


def _challenges(sight: Sight) -> str | None:
    """What shows that a page is a challenge."""
    if sight.size > MOST_TEXT:
        return None
    said = " ".join((sight.title, *sight.headings, sight.text, sight.unscripted))
    for owner, sentences in obstacle_table()["says"].items():
        if any(re.search(sentence, said) for sentence in sentences):
            return f"{owner}'s words"
    if (mark := _mark("marks", sight)) is not None:
        return mark
    if sight.links > FEW_LINKS or sight.size > FEW_WORDS:
        return None
    if _ACTS.search(sight.markup) and (words := _heading(sight, "asks")) is not None:
        return words
    if (_REFRESHES.search(sight.markup) or _RELOADS.search(sight.scripts)) and (
        words := _heading(sight, "waits")
    ) is not None:
        return words
    if 'type="password"' not in sight.markup and (mark := _mark("widgets", sight)) is not None:
        return mark
    if sight.size > NO_WORDS:
        return None
    if not sight.empty_root and _COOKIE.search(sight.scripts) and _RELOADS.search(sight.scripts):
        return "a script that sets a cookie and asks again"
    return _mark("weak", sight)


def _mark(group: str, sight: Sight) -> str | None:
    """A vendor's mark in the page's scripts and attributes; where it stands in the text, the page is about it."""
    for owner, marks in obstacle_table()[group].items():
        for mark in marks:
            if mark in sight.markup and mark not in sight.text:
                return f"{owner}, by {mark}"
    return None


def _heading(sight: Sight, group: Notice) -> str | None:
    """A heading that is nothing but phrases of the group ("404: page not found"), or a title that is one beside the site's name."""
    for heading in sight.headings:
        if is_notice(heading, group):
            return f'"{heading}"'
    return f'"{sight.title}"' if has_notice(sight.title, group) else None


def _missing(sight: Sight) -> Obstacle | None:
    words = _heading(sight, "missing")
    if words is None and sight.size <= FEW_WORDS and not sight.headings:
        words = f'"{phrase}"' if (phrase := notice_in(sight.text, "missing")) else None
    return Obstacle("soft 404", f"the page says that there is none: {words}") if words else None


def _shell(sight: Sight) -> Obstacle | None:
    if "<script" not in sight.markup:
        return None
    asks = sight.size <= FEW_WORDS and _JAVASCRIPT.search(f"{sight.unscripted} {sight.text}") is not None
    blank = sight.size <= NO_WORDS and not sight.pictures
    if not (sight.empty_root or asks or blank):
        return None
    return Obstacle("needs javascript", "a script must draw the page before there is anything to read")
