"""The words that pages put around an article, by language: read once from phrases.toml, which a speaker can mend."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Group = Literal["published", "modified", "chrome", "related", "comments", "standing", "institution"]

_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u00ad\u0640\ufeff\u0307"
_FOLDS: Final = str.maketrans("يىك’‘ʻʼ`“”„«»–—‑", "ییک'''''\"\"\"\"\"---", _INVISIBLE)


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms, case, white space, quotes, dashes and Arabic letter variants folded."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_FOLDS).split())


@cache
def phrases(group: Group) -> frozenset[str]:
    """Every phrase of a group in all languages, folded."""
    return frozenset(fold(phrase) for words in _table()[group].values() for phrase in words)


@cache
def opening(group: Group) -> re.Pattern[str]:
    """Matches a folded line that begins with a phrase of the group, longest phrase first, with what sets it apart."""
    return re.compile(rf"(?:{_alternatives(phrases(group))})(?=$|[\W\d_])\s*[:|]?\s*")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("scraper.reading").joinpath("phrases.toml").read_text("utf-8"))
