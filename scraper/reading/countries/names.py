"""How a country's name is written down in the tables, and where one stands in a text.

``Иран*`` is Иран with any ending of the language or none, ``польск+`` needs one, ``российско-`` stands before a hyphen, ``Peru`` is
itself. A capital in the table asks for a capital in the text, and a word in capitals for capitals; small letters take both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from scraper.reading.dates.fold import fold

LETTERS: Final = r"[\w\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0971-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e]"
"""What words are made of in folded text, with the vowel signs that `re` takes for punctuation. One class: an alternation is slower."""
_REST: Final = re.compile(rf"{LETTERS}{{0,40}}")
_GAP: Final = re.compile(r"[\s',./-]{1,3}")
_LONGEST_ENDING: Final = 24


class Endings:
    """The endings of a language, folded. chain: how many may follow one another, as in Turkish *-li-ler-in-den*."""

    def __init__(self, endings: str, chain: int = 1) -> None:
        self._one = frozenset(spelt(each) for each in endings.split())
        self.chain = chain
        self._longest = max(map(len, self._one), default=0)
        self._known: dict[str, bool] = {}

    def has(self, rest: str) -> bool:
        """Whether `rest`, folded and not empty, is made of at most `chain` endings."""
        if rest in self._one:
            return True
        if self.chain == 1 or len(rest) > _LONGEST_ENDING:
            return False
        if rest not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[rest] = self._links(rest, self.chain)
        return self._known[rest]

    def _links(self, rest: str, left: int) -> bool:
        if not rest:
            return True
        sizes = range(1, min(self._longest, len(rest)) + 1) if left else ()
        return any(rest[:size] in self._one and self._links(rest[size:], left - 1) for size in sizes)


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a country. code: ISO 3166-1 alpha-2, "" for words that only seem to name one.

    parts: each word's folded stem with its sign, "" "*" "+" or "-". people: an adjective or a people, which may be a language's name, too.
    weak: also a common word. personal: also a person's name. capital: 1 begins with one, 2 is written in capitals.
    article: whether the Arabic article must (True), must not (False) or may (None) stand before it. open: any letters may follow.
    """

    code: str
    parts: tuple[tuple[str, str], ...]
    endings: Endings = field(repr=False, compare=False)
    people: bool = False
    weak: bool = False
    personal: bool = False
    capital: int = 0
    article: bool | None = False
    open: bool = False

    def end(self, text: str, start: int) -> int | None:
        """Where the name ends that begins at `start` of a folded text, None where it does not stand there."""
        at = start
        for index, (stem, sign) in enumerate(self.parts):
            if index:
                gap = _GAP.match(text, at)
                if gap is None and not self.open:
                    return None
                at = gap.end() if gap else at
            if not text.startswith(stem, at):
                return None
            at = self._after(text, at + len(stem), sign)
            if at < 0:
                return None
        return at

    def _after(self, text: str, at: int, sign: str) -> int:
        """Where the word ends whose stem ends at `at`, -1 where it is another word."""
        if self.open:
            return at
        match = _REST.match(text, at)
        assert match is not None  # nothing is a rest, too
        rest = match.group()
        if not rest:
            return -1 if sign == "+" or (sign == "-" and text[at : at + 1] != "-") else at
        return match.end() if sign in {"*", "+"} and self.endings.has(rest) else -1


def spelt(words: str) -> str:
    """Words of a table, folded as texts are."""
    return fold(words).text


def name_of(
    code: str, written: str, endings: Endings, *, people: bool = False, article: str = "", unspaced: bool = False
) -> Name:
    """A name by the notation of the tables. article: the language's, where it is written together with the noun."""
    words = written.split()
    bare = [word.rstrip("*+-") for word in words]
    signs = [word[len(stem) :] for word, stem in zip(words, bare, strict=True)]
    folded = [spelt(word) for word in bare]
    must: bool | None = False
    if article and len(folded[0]) > 4 and folded[0].startswith(article):
        must, folded[0] = True, folded[0].removeprefix(article)
    elif people or code == "":
        must = None
    first = bare[0]
    capital = 2 if sum(map(str.isupper, first)) > 1 and first[:2].isupper() else int(first[:1].isupper())
    return Name(
        code,
        tuple(zip(folded, signs, strict=True)),
        endings,
        people=people,
        capital=capital,
        article=must,
        open=unspaced and not capital,
    )
