"""Folding: what finds a word, however a keyboard or a site writes it. Script-aware; a query needs no language.

What is kept of a text is its words in order (for phrases), and beside them other forms that mean the whole word, its stem,
and pieces of it that can be asked for alone.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storage.search import letters
from storage.search.spelling import before_apostrophe, is_plain, latin_of_uzbek, plain_letters, plain_words
from storage.search.stems import script_of, stems
from storage.search.words import Span, is_unspaced, unit_spans, word_spans, written_words

REPEATED = 40
"""Characters of a word, or of what stands between two spaces, that is likely to come again and worth keeping folded."""

REMEMBERED = 1 << 15
"""How many of them are kept, in each language."""


@dataclass(frozen=True, slots=True)
class Folded:
    """One written word as it is searched.

    words: in order; usually one. More for a word with a zero-width non-joiner, and for a run of an unspaced script: pairs of letters.
    forms: each stands for the whole word: joined, or in the other script. stems: see `storage.search.stems`; a compound has none.
    pieces: each can be asked for alone: the single letters of an unspaced script.
    """

    words: tuple[str, ...]
    forms: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()


class Token(NamedTuple):
    """A stretch of the text, `start` to `end` in characters, and every term that finds it. A tuple: a page has thousands."""

    start: int
    end: int
    terms: tuple[str, ...]


def fold(text: str) -> str:
    """The text's words as they are searched, one space between. Folding again changes nothing."""
    return " ".join(word for written in written_words(text) for word in plain_words(written))


def fold_word(written: str, language: str | None = None) -> Folded:
    """What one word of `written_words` is searched by.

    language: BCP 47 primary subtag of the text it stands in, "und" when unknown. None: it stands in a query, and is asked for in every
    language.
    """
    return (_fold_repeated if _comes_again(written) else _fold_word)(written, language)


def indexed_text(text: str, language: str) -> tuple[str, str]:
    """A text's words in order, and all other terms in no order; each as terms with spaces between. language: as in `fold_word`."""
    folded = list(map(_chunks_of(language).__getitem__, text.split()))
    words = " ".join([words for words, _ in folded])
    others = " ".join([others for _, others in folded if others])
    if not letters.PERSIAN_AFFIXES.isdisjoint(terms := words.split()):
        others += "".join(f" {joined}" for pair in itertools.pairwise(terms) if (joined := joined_affix(*pair)))
    return words, others


def tokenize(text: str, language: str | None = None) -> list[Token]:
    """Every stretch of the text that a term finds. Those of an unspaced script overlap. language: as in `fold_word`."""
    tokens: list[Token] = []
    previous, begin = "", 0
    for start, end in word_spans(text):
        folded = fold_word(text[start:end], language)
        if folded.pieces:
            singles, pairs = _run_spans(text[start:end])
            terms = zip(singles + pairs, folded.pieces + folded.words[: len(pairs)], strict=True)
            tokens += (Token(start + first, start + last, (term,)) for (first, last), term in terms)
        elif folded.words:
            tokens.append(Token(start, end, folded.words + folded.forms + folded.stems))
            if joined := joined_affix(previous, folded.words[0]):
                tokens.append(Token(begin, end, (joined,)))
        previous, begin = folded.words[0] if len(folded.words) == 1 else "", start
    return tokens


def lined_up(text: str, language: str | None = None) -> list[Token]:
    """The words in the order in which phrases are looked for, one term each. language: as in `fold_word`."""
    line: list[Token] = []
    for start, end in word_spans(text):
        folded = fold_word(text[start:end], language)
        if len(folded.pieces) > 1:
            pairs = zip(_run_spans(text[start:end])[1], folded.words, strict=True)
            line += (Token(start + first, start + last, (term,)) for (first, last), term in pairs)
        else:
            line += (Token(start, end, (word,)) for word in folded.words)
    return line


def joined_affix(first: str, second: str) -> str | None:
    """The one word that two folded neighbours make when one is a Persian affix written apart; else None."""
    if second in letters.PERSIAN_SUFFIXES or first in letters.PERSIAN_PREFIXES:
        return first + second if script_of(first) == script_of(second) == "arabic" else None
    return None


def _comes_again(written: str) -> bool:
    # Runs of Chinese and Japanese are sentences, seldom met twice: they would drive words out of the cache. Korean sets spaces.
    return len(written) <= REPEATED and (written[0] < "\u2e80" or "\uac00" <= written[0] <= "\ud7a3")


def _fold_word(written: str, language: str | None) -> Folded:
    if is_unspaced(written):
        return _fold_run(written)
    words = plain_words(written)
    if len(words) == 1 and language in {"uz", None} and script_of(words[0]) == "cyrillic":
        latin = latin_of_uzbek(written)
        return Folded((latin,), words) if language else Folded(words, (latin,), stems(words[0], None))
    joined: tuple[str, ...] = ("".join(words),) if len(words) > 1 else ()
    if language in letters.ENDED_BY_APOSTROPHE and (name := before_apostrophe(written)):
        joined += (name,)
    own = [word for word in words if word not in letters.AFFIXES]
    return Folded(words, joined, stems(own[0], language) if len(own) == 1 else ())


_fold_repeated = lru_cache(maxsize=1 << 16)(_fold_word)


class _Chunks(dict[str, tuple[str, str]]):
    """What stands between two spaces, folded, for one language. Looking up a whole text so takes a quarter of the time of its words."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, chunk: str) -> tuple[str, str]:
        folded = [fold_word(written, self._language) for written in written_words(chunk)]
        words = itertools.chain.from_iterable(word.words for word in folded)
        others = itertools.chain.from_iterable(word.forms + word.stems + word.pieces for word in folded)
        value = " ".join(words), " ".join(others)
        if _comes_again(chunk):
            if len(self) >= REMEMBERED:
                self.clear()
            self[chunk] = value
        return value


_chunks_of = lru_cache(maxsize=16)(_Chunks)


def _fold_run(run: str) -> Folded:
    if is_plain(run):
        pairs, pieces = tuple(map("".join, itertools.pairwise(run))), tuple(run)
    else:
        singles, doubles = _run_spans(run)
        pairs, pieces = (tuple(plain_letters(run[start:end]) for start, end in spans) for spans in (doubles, singles))
    return Folded(pairs or pieces, pieces=pieces)


def _run_spans(run: str) -> tuple[list[Span], list[Span]]:
    """The letters of a run of an unspaced script that are searched, and the pairs of neighbours among them."""
    if is_plain(run):
        singles = [(place, place + 1) for place in range(len(run))]
    else:
        singles = [(start, end) for start, end in unit_spans(run) if plain_letters(run[start:end])]
    return singles, [(start, end) for (start, _), (_, end) in itertools.pairwise(singles)]
