"""One word as its letters are searched: the same, however a keyboard or a site writes it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from storage.search import letters
from storage.search.words import has_marks, is_unspaced, written_words

LONGEST = 100
"""Letters of a term; what is longer is no word."""

CONSIDERED = 4 * LONGEST
"""Characters of a written word that are looked at, marks and signs with them."""


def plain_words(written: str) -> tuple[str, ...]:
    """A written word folded: one word, or several (the parts of a joined word, an elided article), or none.

    Each of them folds to itself.
    """
    # A run of an unspaced script may be a page long and is seldom met again: not for the cache.
    return _fold_wholly(written) if is_unspaced(written) else _fold_cached(written[:CONSIDERED])


def plain_letters(written: str) -> str:
    """A written word folded, its parts joined."""
    return "".join(plain_words(written))


def before_apostrophe(written: str) -> str | None:
    """What stands before the first apostrophe, folded; None where there is none."""
    name, apostrophe, _ = written.translate(_SIGNS).partition("'")
    return plain_letters(name) or None if apostrophe else None


def is_plain(run: str) -> bool:
    """Whether a run of an unspaced script is folded already, and has no marks: each character is then a letter by itself."""
    return unicodedata.is_normalized("NFKC", run) and not has_marks(run)


@lru_cache(maxsize=1 << 14)
def latin_of_uzbek(written: str) -> str:
    """A word in Uzbek Cyrillic as it is folded in Uzbek Latin."""
    word = _without_look_alikes(_normal(written).replace("'", ""))
    latin: list[str] = []
    for before, letter, after in zip(f" {word}", word, f"{word} "[1:], strict=False):
        at_vowel = before in letters.UZBEK_VOWELS
        if letter == "е" and (before == " " or at_vowel):
            latin.append("ye")
        elif letter == "ц" and not (at_vowel and after in letters.UZBEK_VOWELS):
            latin.append("s")
        else:
            plain = letter if letter in letters.UZBEK else letter.translate(_LETTERS)
            latin.append(letters.UZBEK.get(plain, plain))
    return plain_letters("".join(latin))


@lru_cache(maxsize=1 << 14)
def _fold_cached(written: str) -> tuple[str, ...]:
    return _fold_wholly(written)


def _fold_wholly(written: str) -> tuple[str, ...]:
    words = _fold_once(written)
    # What folding makes can be folded again: "½" becomes two words, a mark that goes lets its neighbours compose.
    while (again := tuple(part for word in words for part in _fold_once(word))) != words:
        words = again
    return words


def _fold_once(written: str) -> tuple[str, ...]:
    word = _without_look_alikes(_normal(written))
    return tuple(
        folded if is_unspaced(folded) else folded[:LONGEST]
        for part in written_words(_set_apart(word))
        if (folded := part.translate(_SIGNS).replace("'", "").translate(_LETTERS))
    )


def _normal(written: str) -> str:
    # The signs first: NFKC makes a space and a mark of some apostrophes.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written.translate(_SIGNS)).casefold())


def _set_apart(word: str) -> str:
    """The parts of a joined word, an elided article, a possessive ending: with a space before or after, or gone."""
    word = word.translate(_PARTED)
    before, apostrophe, after = word.partition("'")
    if apostrophe and after and before in letters.ELISIONS:
        return f"{before} {after}"
    return word.removesuffix("'s") if len(word) > len("o's") else word


def _without_look_alikes(word: str) -> str:
    if word.isascii() or not re.search("[\u0400-\u052f]", word):
        return word
    latin = set(map(ord, re.findall("[a-z]", word)))
    return word.translate(letters.LOOK_ALIKES) if latin <= letters.LOOK_ALIKES.keys() else word


_SIGNS = {**dict.fromkeys(map(ord, letters.APOSTROPHES), "'"), **dict.fromkeys(map(ord, letters.IGNORED), "")}
_PARTED = dict.fromkeys(map(ord, letters.JOINERS), " ")


class _Letters(dict[int, str]):
    """What each letter is searched as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


_LETTERS = _Letters({ord(letter): value for key, value in letters.TAKEN_FOR.items() for letter in key})


def _fold_letter(letter: str) -> str:
    if _left_out(letter):
        return ""
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    base = unicodedata.normalize("NFD", letter)[0]
    marked = base != letter and (base < "\u0780" or "\u1e00" <= base < "\u2000")
    return _LETTERS[ord(base)] if marked else letter


def _left_out(letter: str) -> bool:
    if any(first <= ord(letter) <= last for first, last in letters.MARKS_LEFT_OUT):
        return True
    # `storage.search.words` takes in this plane whole, and its emoji with it.
    return "\U00010000" <= letter <= "\U0001ffff" and not letter.isalnum() and unicodedata.category(letter)[0] != "M"
