"""The words by which a page says that it is none: not found, out of order, a challenge (obstacles.toml, which a speaker can mend)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from scraper.reading.phrases import fold

Notice = Literal["missing", "failing", "asks", "waits"]

_BESIDE: Final = re.compile(r"\s*\|\s*|\s+[-/·]+\s+")
"""What stands between a page's title and the site's name."""
_PARTS: Final = re.compile(r"\s*\|\s*|\s+[-/·]+\s+|:\s+|\s*[.!]\s+")
_EDGE: Final = " .…!?-:|"
_DENSE: Final = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_LONG: Final = 12
"""Weighed characters from which a phrase is believed also where it begins or ends a sentence."""


def weighed_length(text: str) -> int:
    """Characters of a text, a Chinese, Japanese or Korean sign counted as three: it says as much as half a word."""
    return len(text) + 2 * len(_DENSE.findall(text))


def is_notice(heading: str, group: Notice) -> bool:
    """Whether a folded heading is nothing but phrases of the group: "404: page not found"."""
    parts = {part.strip(_EDGE) for part in _PARTS.split(heading)} - {""}
    return heading.strip(_EDGE) in notices(group) or (bool(parts) and parts <= notices(group))


def has_notice(title: str, group: Notice) -> bool:
    """Whether a folded title is a phrase of the group beside the site's name: "Page not found | University"."""
    return bool({part.strip(_EDGE) for part in _BESIDE.split(title)} & notices(group))


def notice_in(text: str, group: Notice) -> str | None:
    """The long phrase of the group that a folded text has in it, None without one."""
    return next((each for each in sorted(notices(group)) if weighed_length(each) > _LONG and each in text), None)


def notice_at_edge(texts: Iterable[str], groups: Iterable[Notice]) -> tuple[Notice, str] | None:
    """The group of phrases that one of the folded texts is made of, begins with or ends with, and that text."""
    texts = [text for text in texts if text]
    for group in groups:
        for text in texts:
            if is_notice(text, group) or _edges(group).search(text):
                return group, text
    return None


@cache
def notices(group: Notice) -> frozenset[str]:
    """Every phrase of a group in all languages, folded."""
    return frozenset(fold(phrase).strip(_EDGE) for words in obstacle_table()[group].values() for phrase in words)


@cache
def _edges(group: Notice) -> re.Pattern[str]:
    long = sorted((each for each in notices(group) if weighed_length(each) >= _LONG), key=len, reverse=True)
    either = "|".join(map(re.escape, long))
    return re.compile(rf"^(?:{either})(?=$|[\W\d_])|(?:{either})[{re.escape(_EDGE)}]*$")


@cache
def obstacle_table() -> dict[str, dict[str, Any]]:
    """The whole of obstacles.toml: by group and by language, vendor or header, lists of words."""
    return tomllib.loads(files("scraper.reading").joinpath("obstacles.toml").read_text("utf-8"))
