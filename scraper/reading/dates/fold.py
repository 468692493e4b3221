"""Text folded for reading dates: one ASCII digit for every decimal digit, no accents, marks or invisible characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

_MARKS = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x093C, 0x093C),
    (0x09BC, 0x09BC),
)
"""Accents, points and hamza. Vowel signs of Indic scripts and Thai stay: without them two months are one."""

_SPELT = {
    **dict.fromkeys("ʻʼ‘’ʹ′`´‛׳", "'"),
    **dict.fromkeys("−", "-"),
    **dict.fromkeys("،、", ","),
    **dict.fromkeys("؛", ";"),
    **dict.fromkeys("•·∙|¦⋅", "|"),
    **dict.fromkeys("«»“”„‟〝〞״", '"'),
    **dict.fromkeys("〜～∼", "~"),
    **dict.fromkeys("۔。", "."),
    **dict.fromkeys("یى", "ي"),
    **dict.fromkeys("ہەۂ", "ه"),
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    "ک": "ك",
    "ة": "ه",
    "ﻻ": "ل",
    "ـ": "",
    "°": "º",
    "ı": "i",
    "ς": "σ",
    "\t": " ",
    # Cyrillic letters beyond Russian, as people type them without the right keyboard.
    **dict(zip("қғңүұөәһіґєҳҷў", "кгнууоахигехчу", strict=True)),
}


class _Table(dict[int, str]):
    """What each character folds to, found out when it is first met: a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    if char in _SPELT:
        return _SPELT[char]
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category == "Cf" or _is_mark(char):
        return ""
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if "！" <= char <= "～":
        return _fold_character(chr(ord(char) - 0xFEE0))
    return _fold_letter(char)


def _fold_letter(char: str) -> str:
    lowered = char.lower()[0]
    base = unicodedata.normalize("NFD", lowered)
    if len(base) > 1 and all(map(_is_mark, base[1:])):
        lowered = base[0]
    return _SPELT.get(lowered, lowered)


def _is_mark(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _MARKS)


def _is_written_on(char: str) -> bool:
    """Whether a character belongs to the letter before it: an accent, a vowel point, a tatweel."""
    return char == "ـ" or _is_mark(char)


_TABLE = _Table()


@dataclass(frozen=True)
class Folded:
    """A text, its folded form, and the way back."""

    original: str
    text: str

    @cached_property
    def _positions(self) -> list[int]:
        kept = [place for place, char in enumerate(self.original) if _TABLE[ord(char)]]
        return [*kept, len(self.original)]

    def place(self, index: int) -> int:
        """Where the folded character at `index` stands in the original text."""
        return index if len(self.text) == len(self.original) else self._positions[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original text that the folded characters from start to end come from."""
        last = self.place(end - 1) + 1
        while last < len(self.original) and _is_written_on(self.original[last]):
            last += 1
        return self.place(start), last


def fold(text: str) -> Folded:
    """Each character of `text` becomes one folded character or none."""
    return Folded(text, text.translate(_TABLE))


def fold_word(word: str) -> str:
    """A word of the tables as the lexicon keeps it: folded, without blanks."""
    return word.translate(_TABLE).replace(" ", "")
