"""Which legacy charset bytes are in: each is tried on the page's own words, and the one whose letters look like a language wins.

What was declared, the page's ``lang`` and the source's languages are votes; where two charsets come close, so is the language that
the words turn out to be in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scraper.reading.alphabets import MULTI_BYTE, SINGLE_BYTE, Legacy
from scraper.reading.language import identify

_SAMPLE: Final = 8000
"""Bytes of words with letters beyond ASCII that are tried: some thousand words."""
_LONGEST_WORD: Final = 400
"""Bytes of what has no spaces that are taken: a sentence in Chinese, or no word at all."""
_PROSE: Final = 12_000
"""Bytes of running text in which a language is looked for."""
_LOOKED_AT: Final = 1_500_000
_NOT_PROSE: Final = re.compile(
    rb"<script\b[^<]*(?:<(?!/script)[^<]*)*|<style\b[^<]*(?:<(?!/style)[^<]*)*|<[^<>]*>?|&[#\w]{1,12};", re.IGNORECASE
)
"""Every alternative eats what it has looked at, so that this is linear also where nothing is ever closed."""
_CLOSE: Final = 0.3
"""Votes between the best charset and others that the text's language may still change."""
_ENOUGH: Final = 12
"""Bytes beyond ASCII from which letters have their full weight."""
_COMPLETE: Final = 0.9
"""Share from which a charset's common letters are all that its languages have beyond ASCII."""
_MOST_READINGS: Final = 5
_LEAST: Final = 0.2
"""Fitness below which no charset was recognised."""
_DECLARED, _LANGUAGE, _READ_AS = 0.1, 0.08, 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest charset. codec: Python's. fits: how far its letters are those of a language, at most 1.

    languages: of those that were claimed or recognised, the ones that are written in it.
    """

    codec: str
    fits: float
    languages: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the letters say anything."""
        return self.fits >= _LEAST


def likeliest(body: bytes, declared: Iterable[str], claimed: Iterable[str]) -> Guess:
    """The legacy charset of a page. declared: codecs. claimed: primary language subtags, of the page and its source."""
    prose = _NOT_PROSE.sub(b" ", body[:_LOOKED_AT])
    sample = _foreign_words(prose) or _foreign_words(body[:_LOOKED_AT])
    fits = _fits_of(sample)
    ranked = _ranked(fits, frozenset(declared), claimed := frozenset(claimed))
    close = [vote for vote in ranked if ranked[0].votes - vote.votes < _CLOSE]
    read_as = _read_as(prose, close) if len(close) > 1 else {}
    best = max(
        close, key=lambda vote: vote.votes + _READ_AS * (read_as.get(vote.legacy.codec) in vote.legacy.languages)
    ).legacy
    known = claimed | {language for language in (read_as.get(best.codec),) if language}
    return Guess(best.codec, fits[best], tuple(sorted(best.languages & known)))


@dataclass(frozen=True, slots=True)
class _Vote:
    legacy: Legacy
    votes: float


def _ranked(fits: dict[Legacy, float], declared: frozenset[str], claimed: frozenset[str]) -> list[_Vote]:
    """The charsets, likeliest first; of equals the first in the table."""
    votes = [
        _Vote(each, fit + _DECLARED * (each.codec in declared) + _LANGUAGE * bool(each.languages & claimed) - each.rare)
        for each, fit in fits.items()
    ]
    return sorted(votes, key=lambda vote: vote.votes, reverse=True)


def _read_as(prose: bytes, close: list[_Vote]) -> dict[str, str]:
    """The language that the words seem to be in, by each of the charsets that they may be in."""
    sample = b" ".join(prose.split())[:_PROSE]
    tags = {
        codec: identify(sample.decode(codec, "replace")).value
        for codec in list(dict.fromkeys(vote.legacy.codec for vote in close))[:_MOST_READINGS]
    }
    return {codec: tag.split("-")[0] for codec, tag in tags.items() if tag}


def _fits_of(sample: bytes) -> dict[Legacy, float]:
    """How far the words fit each charset. Few letters say little, so that declarations and languages weigh more there."""
    spaced = sample.replace(b"\xa0", b" ")  # as a rule a no-break space, and a frequent letter of IBM866
    weight = min(1.0, sum(byte > 0x7F for byte in spaced) / _ENOUGH)
    single = {codec: Letters.of(spaced.decode(codec, "replace")) for codec in {each.codec for each in SINGLE_BYTE}}
    multi = {each.codec: Letters.of(sample.decode(each.codec, "replace")) for each in MULTI_BYTE}
    return {each: weight * (single | multi)[each.codec].fitness(each) for each in (*MULTI_BYTE, *SINGLE_BYTE)}


def _foreign_words(prose: bytes) -> bytes:
    """The words of running text that have bytes beyond ASCII, with spaces between."""
    found, size = [], 0
    for word in re.findall(rb"[^\s<>]+", prose):
        if not word.isascii():
            found.append(word[:_LONGEST_WORD])
            size += len(found[-1]) + 1
            if size > _SAMPLE:
                break
    return b" ".join(found)


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters beyond ASCII of a text: how often each stands in it, and how much about them is odd."""

    counts: dict[str, int]
    odd: float

    @classmethod
    def of(cls, text: str) -> Letters:
        """Count them. Odd are broken bytes and control characters, and letters in the wrong case or script: a capital after a small letter,

        an accented run without one plain Latin letter.
        """
        counts = {char: count for char, count in Counter(text).items() if char > "\x7f"}
        capitals = sum(count for char, count in counts.items() if char.isupper())
        broken = sum(count for char, count in counts.items() if _is_broken(char))
        return cls(counts, 4 * broken + 2 * len(_MISFIT.findall(text)) + capitals)

    def fitness(self, legacy: Legacy) -> float:
        """How far they are those of prose in the charset's languages: at most 1, may be negative, 0 where there are none."""
        total = sum(self.counts.values())
        if not total:
            return 0.0
        frequent = sum(count for char, count in self.counts.items() if char.lower()[0] in legacy.common)
        letters = sum(count for char, count in self.counts.items() if char.isalpha())
        strange = (letters - frequent) / 2 if legacy.share >= _COMPLETE else 0.0
        return min(1.0, frequent / total / legacy.share) - (self.odd + strange) / total


def _is_broken(char: str) -> bool:
    """Whether no prose has it: control characters, lines to draw boxes with, signs for private use."""
    return char == "�" or "\x80" <= char <= "\x9f" or "\u2500" <= char <= "\u25a0" or "\ue000" <= char <= "\uf8ff"


_MISFIT: Final = re.compile(
    r"[a-zà-öø-ÿа-яα-ω][А-ЯΑ-ΩÀ-ÖØ-Þ]|[À-ÿ]{4}|[A-Za-z][\u0370-\u0eff]|[\u0370-\u0eff][A-Za-z]|[^\W\d_][¡-©«¬®-¶¸¹»-¿][^\W\d_]|[¡-¿]{2}|¶[^\W\d_]|\B’[α-ώ]"
)
"""A capital after a small letter, a run of accents, two scripts or a sign within one word."""
