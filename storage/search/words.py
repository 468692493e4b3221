"""Where the words of a text stand, in every script, before anything is folded."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from storage.search import letters

Span = tuple[int, int]
"""Start and end, in characters."""


def written_words(text: str) -> list[str]:
    """The words as they stand.

    An apostrophe or a zero-width non-joiner does not end a word; going over to or from an unspaced script does, and so does leaving
    Unicode's first plane. A run of an unspaced script counts as a word.
    """
    return _words().findall(text)


def word_spans(text: str) -> Iterator[Span]:
    """Where the words of `written_words` stand."""
    return (match.span() for match in _words().finditer(text))


def whole_spans(text: str) -> Iterator[Span]:
    """What no cut may go through: the words, and each letter of an unspaced script with its marks."""
    for start, end in word_spans(text):
        if is_unspaced(text[start]):
            yield from (unit.span() for unit in _units().finditer(text, start, end))
        else:
            yield start, end


def unit_spans(run: str) -> list[Span]:
    """The letters of a run of an unspaced script, each with its marks."""
    return [unit.span() for unit in _units().finditer(run)]


def is_unspaced(word: str) -> bool:
    """Whether a word begins in a script that is searched by pairs of letters."""
    return _unspaced().match(word) is not None


def has_marks(run: str) -> bool:
    """Whether any letter of the run has marks."""
    return _marked().search(run) is not None


@cache
def _words() -> re.Pattern[str]:
    # Python's \w leaves out the vowel signs of Indic scripts, takes in the underscore, and calls some apostrophes letters. A set that
    # goes beyond the first plane is searched ten times slower (0.27 against 0.03 ms for 2,000 characters): hence two sets.
    letter = _ranges(code for code in _first_plane() if _is_letter(chr(code)))
    between = f"[{letters.APOSTROPHES}{letters.JOINERS}{letters.IGNORED}]"
    run = f"[{letters.UNSPACED}][{letters.UNSPACED}{_marks()}]*|[{letters.UNSPACED_BEYOND}]+"
    return re.compile(f"(?:[{letter}]+|[\U00010000-\U0001ffff]+)(?:{between}+[{letter}]+)*|{run}")


@cache
def _units() -> re.Pattern[str]:
    return re.compile(f"[{letters.UNSPACED}{letters.UNSPACED_BEYOND}][{_marks()}\uff9e\uff9f]*")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(f"[{_marks()}\uff9e\uff9f]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{letters.UNSPACED}{letters.UNSPACED_BEYOND}]")


def _is_letter(letter: str) -> bool:
    known = letter.isalnum() or unicodedata.category(letter)[0] == "M"
    return known and letter not in letters.APOSTROPHES and not is_unspaced(letter)


@cache
def _marks() -> str:
    return _ranges(code for code in _first_plane() if unicodedata.category(chr(code))[0] == "M")


def _first_plane() -> Iterable[int]:
    return itertools.chain(range(0x30, 0xD800), range(0xF900, 0x10000))


def _ranges(codes: Iterable[int]) -> str:
    grouped = itertools.groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    runs = ([code for _, code in group] for _, group in grouped)
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)
