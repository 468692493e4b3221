"""What a title and a site's name glued together are made of: the pieces between separators, and what of them is stripped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from scraper.reading.markup import squeeze
from scraper.reading.phrases import fold

_SEPARATORS: Final = re.compile(
    r"\s+(?:[|–—\-•·›/~:<>«*]|»(?=\s))\s+"
    r"|\s*(?:::|\|\||[|¦│┃∣❘ㅣ])\s*"
    r"|[_＿｜]"
    r"|(?<=[^\x00-\x7f])-{1,2}(?=[^\x00-\x7f])"
    r"|(?<=[^\x00-\x7f][\"'”’!?)\]])-{1,2}(?=[^\x00-\x7f])"
)
"""What parts a title from a site's name. A bare hyphen does so only between signs of scripts that have no hyphen."""
_MOST_SEPARATORS: Final = 12
_UNSEEN: Final = str.maketrans("", "", "\u00ad\u200b\ufeff")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
_SIGNS: Final = re.compile(r"[\W_]+")
_LEADING: Final = re.compile(r"^[^\w\s]{0,5}[:|] ")
_DATE: Final = re.compile(
    r"[(（]?(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)[)）]?"
)


def clean(text: str) -> str:
    """A title as people see it: soft hyphens and signs without width gone, entities that were escaped twice resolved."""
    if _ENTITY.search(text):
        text = html.unescape(text)
    return _LEADING.sub("", squeeze(text.translate(_UNSEEN)))


def letters(text: str) -> str:
    """The letters and digits of a text alone, folded: two titles that differ in signs and spaces are one."""
    return folded_letters(fold(text))


def folded_letters(folded: str) -> str:
    """The `letters` of a text that is folded already."""
    return _SIGNS.sub("", folded) or folded


def bare_separators(text: str) -> str:
    """`text` without separators at its ends."""
    return squeeze(text).strip(" |¦│┃∣❘ㅣ–—-•·›»«<>*/~:_＿｜")


def pieces(text: str) -> list[str]:
    """The parts of a text between separators."""
    return [text[slice(*span)] for span in _spans(text)]


def runs(text: str) -> Iterator[str]:
    """Every run of pieces, with the separators inside it; the text itself is one."""
    spans = _spans(text)
    for left in range(len(spans)):
        for right in range(left, len(spans)):
            yield text[spans[left][0] : spans[right][1]]


def strip_names(text: str, names: frozenset[str]) -> str:
    """`text` without the site's names, and without dates, before its first and after its last separators. Never empty."""
    spans = _spans(text)
    first, last = 0, len(spans) - 1
    while last > first and is_name(text[slice(*spans[last])], names):
        last -= 1
    while first < last and is_name(text[slice(*spans[first])], names):
        first += 1
    return text[spans[first][0] : spans[last][1]].strip()


def is_name(piece: str, names: frozenset[str]) -> bool:
    """Whether a piece is one of `names`, a date, or nothing but signs."""
    folded = fold(piece).strip(" -|.")
    return not folded or folded in names or _DATE.fullmatch(folded) is not None


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _SEPARATORS.finditer(text)][:_MOST_SEPARATORS]
    return list(zip([0, *(end for _, end in spans)], [*(begin for begin, _ in spans), len(text)], strict=True))
