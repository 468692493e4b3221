"""The names of countries in one language: Babel's, and ours from tables/, put together once when the language is first met."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from scraper.reading.countries.cldr import pattern, spellings, territories
from scraper.reading.countries.names import Endings, Name, name_of, spelt
from scraper.reading.countries.pairs import Pairs, pairs_of
from scraper.reading.countries.sense import Words

KEY: Final = 3
"""Folded letters by which names are looked up, two where a name has no more or there are no blanks between words."""
_BORROWED: Final = 5
"""Letters from which a name of another language is safe to look for; shorter words may mean anything."""


@dataclass(frozen=True, slots=True)
class Table:
    """One language ready for reading. starts: names by the first letters of their folded text, the longest first.

    prefixes: what is written together with the word after it, and whether it holds the article.
    signs: the first two characters of the names of a language without blanks, None in the others. pairs: countries named by one sign each.
    """

    words: Words
    prefixes: dict[str, bool]
    starts: dict[str, tuple[Name, ...]] = field(repr=False)
    signs: frozenset[str] | None
    pairs: Pairs | None


def table_for(language: str | None) -> Table:
    """The table of a BCP 47 language. One that nobody wrote a table for has CLDR's names, an unknown one the English ones."""
    return _table((language or "en").split("-")[0].lower())


@lru_cache(maxsize=64)
def _table(language: str) -> Table:
    raw = _raw(language)
    own = _names(language)
    lenders = [other for other in raw.get("also", ["en"]) if other != language]
    borrowed = [name for other in lenders for name in (*_lent(other), *_taken(raw, other))]
    starts = _by_start([*own, *borrowed])
    unspaced = raw.get("unspaced", False)
    return Table(
        _words(raw),
        {"": False, **{spelt(each): spelt(each).endswith(("ال", "لل")) for each in raw.get("prefixes", "").split()}},
        starts,
        frozenset(key[:2] for key in starts) if unspaced else None,
        pairs_of(raw, unspaced=unspaced),
    )


def _lent(language: str) -> Iterator[Name]:
    """What other languages' pages borrow: full names and abbreviations, no adjectives, and nothing that is another word, too."""
    for name in _names(language):
        long = sum(len(stem) for stem, _ in name.parts) >= _BORROWED
        if (long or name.capital == 2) and not (name.people or name.weak or name.personal):
            yield name


def _taken(raw: dict[str, Any], other: str) -> Iterator[Name]:
    """Another language's names with this one's endings, where it has chains of them: Kyrgyz *Японияга*, from the Russian name."""
    if raw.get("chain", 1) == 1 or other == "en":
        return
    endings = Endings(raw["endings"], raw["chain"])
    weak = _stems(_raw(other), "weak") | _stems(raw, "weak")
    for locale in _raw(other)["locales"]:
        for code, called in territories(locale).items():
            for spelling in spellings(called):
                if len(spelling) >= _BORROWED and spelt(spelling) not in weak:
                    yield name_of(code, pattern(spelling, ()), endings)


@lru_cache(maxsize=64)
def _names(language: str) -> tuple[Name, ...]:
    raw = _raw(language)
    endings = Endings(raw.get("endings", ""), raw.get("chain", 1))
    article, unspaced = raw.get("article", ""), raw.get("unspaced", False)
    weak, personal = _stems(raw, "weak"), _stems(raw, "personal")

    def name(code: str, written: str, *, people: bool = False) -> Name:
        made = name_of(code, written, endings, people=people, article=article, unspaced=unspaced)
        whole = " ".join(stem for stem, _ in made.parts)
        if made.capital == 2 and endings.chain > 1:  # АҚШ-тың is written АҚШтың, too
            made = replace(made, parts=(*made.parts[:-1], (made.parts[-1][0], "*")))
        small = raw.get("small_letters", False) and made.capital == 1
        return replace(made, weak=whole in weak, personal=whole in personal, capital=0 if small else made.capital)

    softens = [tuple(pair.split(">")) for pair in raw.get("softens", "").split()]
    names = [name("", written) for written in _list(raw.get("nothing", ""))]
    names += [name("", written, people=True) for written in _list(raw.get("tongues", ""))]
    names += [name(code, written) for code, words in raw.get("names", {}).items() for written in _list(words)]
    names += [
        name(code, form, people=True)
        for code, words in raw.get("peoples", {}).items()
        for written in _list(words)
        for form in _softened(written, softens)
    ]
    without, cut = frozenset(raw.get("without", "").split()), tuple(raw.get("cut", "").split())
    names += [
        name(code, pattern(spelling, cut))
        for locale in raw.get("locales", ())
        for code, called in territories(locale).items()
        if code not in without
        for spelling in spellings(called)
    ]
    return tuple(names)


def _stems(raw: dict[str, Any], key: str) -> frozenset[str]:
    article = raw.get("article", "")
    return frozenset(spelt(each.rstrip("*+-")).removeprefix(article) for each in _list(raw.get(key, "")))


def _list(words: str) -> list[str]:
    return [" ".join(each.split()) for each in words.replace("\n", " ").split(",") if each.strip()]


def _softened(written: str, softens: list[tuple[str, ...]]) -> Iterator[str]:
    """The word, and its plural where that softens the stem: Czech *polsk-*, *polští*."""
    yield written
    for hard, soft in softens:
        if written.endswith(f"{hard}*"):
            yield written.removesuffix(f"{hard}*") + soft


def _words(raw: dict[str, Any]) -> Words:
    lists = {
        name: tuple(spelt(each) for each in _list(raw.get(name, "")))
        for name in ("tongues_before", "tongues_after", "spoken", "states", "joiners", "places")
    }
    return Words(
        tongues_before=lists["tongues_before"],
        tongues_after=lists["tongues_after"],
        spoken=lists["spoken"],
        states=lists["states"],
        joiners=frozenset(lists["joiners"]),
        places=frozenset(lists["places"]),
        all_tongues=raw.get("names_are_adjectives", False),
        surnames=frozenset(map(spelt, raw.get("surnames", "").split())),
        at_home={own: frozenset(map(spelt, _list(names))) for own, names in raw.get("at_home", {}).items()},
    )


def _by_start(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    """The first name of a spelling holds: a language's own before a borrowed one, and ours before CLDR's."""
    first: dict[tuple[Any, ...], Name] = {}
    for name in names:
        first.setdefault((name.parts, name.people, name.article), name)
    starts: dict[str, list[Name]] = {}
    for name in first.values():
        starts.setdefault(name.parts[0][0][: 2 if name.open else KEY], []).append(name)
    for key, found in starts.items():
        found += starts.get(key[:2], []) if len(key) == KEY else []
    return {key: tuple(sorted(found, key=_length, reverse=True)) for key, found in starts.items()}


def _length(name: Name) -> tuple[int, int, int]:
    """What is tried first: the longest, and of two alike the one with a capital: *Suisse* before *suisse*."""
    return sum(len(stem) for stem, _ in name.parts), len(name.parts), name.capital


@lru_cache(maxsize=4)
def _raw(language: str) -> dict[str, Any]:
    source = files("scraper.reading.countries").joinpath("tables", f"{language}.toml")
    if source.is_file():
        return tomllib.loads(source.read_text("utf-8"))
    from babel.localedata import locale_identifiers

    return {"locales": [language] if language in locale_identifiers() else []}
