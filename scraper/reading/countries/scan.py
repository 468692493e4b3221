"""Where in a text the names of a table stand: each place once, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scraper.reading.countries.names import LETTERS, Name
from scraper.reading.countries.sense import Hit
from scraper.reading.countries.table import KEY, Table
from scraper.reading.dates.fold import Folded

_WORD: Final = re.compile(rf"{LETTERS}+")
_CASED: Final = re.compile(r"[a-zÀ-ɏͰ-ϿЀ-ӿ]", re.IGNORECASE)
_KATAKANA: Final = re.compile(r"[ァ-ヺー]")


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
    for match in _WORD.finditer(text):
        start = match.start()
        if start < done:
            continue
        for size in range(min(5, match.end() - start - 1)):
            with_article = table.prefixes.get(text[start : start + size])
            if with_article is None:
                continue
            at = start + size
            names = starts.get(text[at : at + KEY]) or starts.get(text[at : at + 2])
            if names and (hit := _first(folded, names, start, at, with_article)):
                done = hit.end
                yield hit
                break


def _without_blanks(folded: Folded, table: Table, signs: re.Pattern[str]) -> Iterator[Hit]:
    text, at = folded.text, 0
    while match := signs.search(text, at):
        start = at = match.start()
        names = table.starts.get(text[start : start + KEY]) or table.starts.get(text[start : start + 2], ())
        inside = (
            start > 0 and _KATAKANA.match(text, start) and _KATAKANA.match(text, start - 1)
        )  # アイランド is no イラン
        hit = None if inside else _first(folded, names, start, start, None)
        if hit is None:
            at += 1
        else:
            at = hit.end
            yield hit


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
