"""Where in a text the names of a table stand: each place once, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add
from typing import Final

from scraper.reading.countries.names import LETTERS, Name
from scraper.reading.countries.sense import Hit
from scraper.reading.countries.table import KEY, Table
from scraper.reading.dates.fold import Folded

_WORD: Final = re.compile(rf"{LETTERS}+")
_CASED: Final = re.compile(r"[a-zÀ-ɏͰ-ϿЀ-ӿ]", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"[ァ-ヺー]{2}|[a-zÀ-ɏͰ-ϿЀ-ӿ]{2}")


def scan(folded: Folded, table: Table) -> list[Hit]:
    """All hits in order; what they mean is not judged yet."""
    if table.signs is not None:
        hits = list(_without_blanks(folded, table, table.signs))
    elif len(table.prefixes) > 1:
        hits = list(_with_prefixes(folded, table))
    else:
        hits = list(_in_words(folded, table))
    if table.pairs is not None:
        hits = sorted([*hits, *table.pairs.hits(folded.text)], key=lambda hit: hit.start)
    return hits


def _in_words(folded: Folded, table: Table) -> Iterator[Hit]:
    text, starts, done = folded.text, table.starts, 0
    for match in _WORD.finditer(text):
        start = match.start()
        names = starts.get(text[start : start + KEY]) or starts.get(text[start : start + 2])
        if names and start >= done and (hit := _first(folded, names, start, start, None)):
            done = hit.end
            yield hit


def _with_prefixes(folded: Folded, table: Table) -> Iterator[Hit]:
    """Arabic writes the article, "and" and "to" together with the word after them."""
    text, starts, done = folded.text, table.starts, 0
    firsts = {prefix[:1] for prefix in table.prefixes}
    for match in _WORD.finditer(text):
        start = match.start()
        if start < done:
            continue
        most = min(5, match.end() - start - 1) if text[start] in firsts else 1
        for size in range(most):
            at = start + size
            names = starts.get(text[at : at + KEY]) or starts.get(text[at : at + 2])
            if not names:
                continue
            with_article = table.prefixes.get(text[start:at])
            if with_article is not None and (hit := _first(folded, names, start, at, with_article)):
                done = hit.end
                yield hit
                break


def _without_blanks(folded: Folded, table: Table, signs: frozenset[str]) -> Iterator[Hit]:
    text, done = folded.text, 0
    for start, pair in enumerate(map(add, text, text[1:])):
        if pair not in signs or start < done or (start and _goes_on(text[start - 1 : start + 1])):
            continue
        names = table.starts.get(text[start : start + KEY]) or table.starts.get(pair, ())
        if hit := _first(folded, names, start, start, None):
            done = hit.end
            yield hit


def _goes_on(pair: str) -> bool:
    """Whether the second of two characters goes on with the first one's word: アイランド is no イラン."""
    return _GOES_ON.fullmatch(pair) is not None


def _first(folded: Folded, names: tuple[Name, ...], start: int, at: int, with_article: bool | None) -> Hit | None:
    """The first of the names that begins at `at`, its word at `start`. with_article: None where the language has none that is joined."""
    text = folded.text
    for name in names:
        if not text.startswith(name.parts[0][0], at):
            continue
        if with_article is not None and name.article is not None and name.article != with_article:
            continue
        end = name.end(text, at)
        if end is not None and _written_so(folded, name, at):
            return Hit(start, end, name, at - 2 if with_article else at)
    return None


def _written_so(folded: Folded, name: Name, at: int) -> bool:
    """Whether the capitals stand where the name has them."""
    if not name.capital:
        return True
    first = folded.place(at)
    if not folded.original[first].isupper():
        return not _CASED.match(folded.original[first])
    return name.capital == 1 or folded.original[first : first + 2].replace(".", "X").isupper()
