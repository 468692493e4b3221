"""The passage of a text that shows best why it was found, and where in it the words are."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from storage.search.folding import Folded, lined_up, tokenize
from storage.search.matching import folded_words, phrases
from storage.search.tree import And, Node, Not, Or, Phrase, Prefix, Term
from storage.search.words import whole_spans

ELLIPSIS = "…"
LEAD = 0.3
"""How much of the width may stand before the first word that was found."""

Ranges = tuple[tuple[int, int], ...]
"""Start and end of stretches, in characters, in order; they do not overlap."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage on one line, and the words in it that were found."""

    text: str
    ranges: Ranges


def snippet(text: str, query: Node | None, width: int = 240, language: str = "und") -> Snippet:
    """The passage with the most different words of the query, then the most of them, then the earliest.

    width: characters at most, beside the ellipses that say where something was left out. No word is cut unless it alone is wider.
    Each white space becomes a space. language: BCP 47 primary subtag of the text.
    """
    matches = _matches(text, query, language)
    first, last = _densest(matches, width)
    lead = min(int(width * LEAD), max(0, width - (last - first)))
    begin, end = _cut_between_words(text, max(0, min(first - lead, len(text) - width)), width)
    before = ELLIPSIS if text[:begin].strip() else ""
    after = ELLIPSIS if text[end:].strip() else ""
    inside = ((max(match.start, begin), min(match.end, end)) for match in matches)
    shift = len(before) - begin
    ranges = _merged((start + shift, stop + shift) for start, stop in inside if start < stop)
    passage = "".join(" " if letter.isspace() else letter for letter in text[begin:end])
    return Snippet(f"{before}{passage}{after}", ranges)


def find_ranges(text: str, query: Node | None, language: str = "und") -> Ranges:
    """Where the words of the query stand in the text. language: BCP 47 primary subtag of the text."""
    return _merged((match.start, match.end) for match in _matches(text, query, language))


class _Match(NamedTuple):
    """A stretch that was found. part: the number of the query's word that found it."""

    start: int
    end: int
    part: int


@dataclass(slots=True)
class _Wanted:
    """What finds: terms, beginnings of terms, and rows of terms by the first; each with the number of the query's word."""

    terms: dict[str, int] = field(default_factory=dict)
    beginnings: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=lambda: defaultdict(list))


def _matches(text: str, query: Node | None, language: str) -> list[_Match]:
    if query is None:
        return []
    wanted = _wanted(query)
    found = [
        _Match(token.start, token.end, part)
        for token in tokenize(text, language)
        if (part := _part(token.terms, wanted)) is not None
    ]
    if wanted.rows:
        found += _rows(text, wanted, language)
    return sorted(found)


def _part(terms: Iterable[str], wanted: _Wanted) -> int | None:
    for term in terms:
        if term in wanted.terms:
            return wanted.terms[term]
        for beginning, part in wanted.beginnings.items():
            if term.startswith(beginning):
                return part
    return None


def _rows(text: str, wanted: _Wanted, language: str) -> Iterator[_Match]:
    line = lined_up(text, language)
    terms = [token.terms[0] for token in line]
    for place, term in enumerate(terms):
        for row, part in wanted.rows.get(term, ()):
            if tuple(terms[place : place + len(row)]) == row:
                yield from (_Match(token.start, token.end, part) for token in line[place : place + len(row)])


@lru_cache(maxsize=64)
def _wanted(query: Node) -> _Wanted:
    wanted = _Wanted()
    for part, leaf in enumerate(_leaves(query)):
        words = folded_words(leaf.text)
        if isinstance(leaf, Prefix):
            *before, last = [term for word in words for term in word.words]
            wanted.terms.update(dict.fromkeys(before, part))
            wanted.beginnings.update(dict.fromkeys((last, *words[-1].forms), part))
            continue
        if len(words) == 1:
            stems = words[0].stems if isinstance(leaf, Term) else ()
            wanted.terms.update(dict.fromkeys(words[0].forms + stems, part))
        _want_rows(wanted, words, part)
    return wanted


def _want_rows(wanted: _Wanted, words: list[Folded], part: int) -> None:
    for row in phrases(words):
        if len(row) == 1:
            wanted.terms[row[0]] = part
        else:
            wanted.rows[row[0]].append((row, part))


def _leaves(node: Node) -> Iterator[Term | Prefix | Phrase]:
    match node:
        case And(parts) | Or(parts):
            yield from itertools.chain.from_iterable(map(_leaves, parts))
        case Not():
            return
        case _:
            yield node


def _densest(matches: list[_Match], width: int) -> tuple[int, int]:
    """Where the first match of the best window begins and its last one ends."""
    best, place = (0, 0), (0, 0)
    inside: Counter[int] = Counter()
    end = 0
    for begin, match in enumerate(matches):
        while end < len(matches) and (end == begin or matches[end].end <= match.start + width):
            inside[matches[end].part] += 1
            end += 1
        if (worth := (len(inside), inside.total())) > best:
            best, place = worth, (match.start, matches[end - 1].end)
        inside[match.part] -= 1
        inside += Counter()  # drop the part whose count fell to 0
    return place


def _cut_between_words(text: str, begin: int, width: int) -> tuple[int, int]:
    end = min(len(text), begin + width)
    for start, stop in whole_spans(text):
        if start < begin < stop:
            begin = stop
        if begin < start < end < stop:
            end = start
        if start >= end:
            break
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return begin, begin + len(text[begin:end].rstrip())


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
