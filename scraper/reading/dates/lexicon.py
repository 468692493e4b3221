"""The words of dates in a language: Babel's month and weekday names with our own beside them (words.toml)."""

from __future__ import annotations

import pickle
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from scraper.reading.dates.fold import fold_word
from scraper.reading.model import Calendar

Month = tuple[Calendar, int]

WORD = (
    r"(?:(?![\u3005-\u3007\u3040-\u30ff\u4e00-\u9fff])[^\W\d_]"
    r"|[\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0971-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd])+"
)
"""A run of letters with the vowel signs that `re` takes for punctuation, in folded text. Chinese and Japanese is not
written in words: a character is a token."""

KINDS = {
    "to": "j",
    "and": "&",
    "era_persian": "H",
    "era_islamic": "H",
    "era": "H",
    "year": "y",
    "year_short": "v",
    "month_word": "G",
    "at": "b",
    "of": "f",
    "hour": "h",
    "minute": "m",
    "am": "a",
    "pm": "p",
    "utc": "z",
    "day_ending": "o",
    "weekday": "W",
}
"""The character that stands for a word's part in a date, in order of precedence. See tokens.py for the others."""

RELATIVE_KINDS = {
    "ago": "g",
    "today": "t",
    "yesterday": "t",
    "before_yesterday": "t",
    "one": "1",
    "a_minute": "u",
    "an_hour": "u",
    "a_day": "u",
    "a_week": "u",
    "a_month": "u",
    "a_year": "u",
    "two_minutes": "2",
    "two_hours": "2",
    "two_days": "2",
    "two_weeks": "2",
    "two_months": "2",
    "two_years": "2",
}


@dataclass(frozen=True)
class Lexicon:
    """Words, folded and without blanks, and what they mean in dates.

    months: calendar and number. days: 1 to 31. kinds: a character of `KINDS`. names: the key in words.toml.
    relative: the key in words.toml of words that count from today. weekdays: CLDR's names, 0 for Monday.
    phrases: what is written in several words, a pattern.
    short_months: abbreviations, which prove less than full names. of_all_languages: not of one and those met beside it.
    """

    months: dict[str, Month]
    short_months: frozenset[str]
    days: dict[str, int]
    kinds: dict[str, str]
    names: dict[str, str]
    relative: dict[str, str]
    weekdays: dict[str, int]
    phrases: str
    of_all_languages: bool


def primary_subtag(language: str | None) -> str | None:
    """``uz-Cyrl`` is ``uz``. None stays None."""
    return re.split("[-_]", language)[0].lower() if language else None


def lexicon_for(language: str | None) -> Lexicon:
    """The words met on pages in `language` (a primary subtag), or of all languages that we know when it is None.

    A language that is not in words.toml has CLDR's names; one that CLDR does not have either is as None.
    """
    return _lexicon(language if language and _tables_of(language) else None)


@lru_cache(maxsize=64)
def _lexicon(language: str | None) -> Lexicon:
    tables = _tables()
    if language is None:
        return _build(list(tables.values()), trusted=False)
    own = _tables_of(language)
    around = [name for table in own for name in table.get("with", [])]
    return _build([*own, *(tables[name] for name in dict.fromkeys([*around, "en"]))], trusted=True)


def _tables_of(language: str) -> list[dict[str, Any]]:
    """The language's own names first, then those of the section that it shares with its neighbours."""
    from babel.localedata import locale_identifiers

    tables = _tables()
    if language in tables:
        return [tables[language]]
    locale = "nb" if language == "no" else language
    cldr = [{"locales": [locale]}] if re.fullmatch("[a-z]{2,3}", locale) and locale in locale_identifiers() else []
    return [*cldr, *(table for table in tables.values() if locale in table["locales"])]


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    source = resources.files(__package__).joinpath("words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _build(tables: list[dict[str, Any]], *, trusted: bool) -> Lexicon:
    """trusted: the first table's sense of a word holds. Else a month that languages disagree on is left out."""
    spelt = [month for table in tables for month in _months(table)]
    senses: dict[str, list[Month]] = {}
    for word, month, _ in spelt:
        senses.setdefault(fold_word(word), []).append(month)
    months = {word: found[0] for word, found in senses.items() if trusted or len(set(found)) == 1}
    ordinals = [
        (word, day)
        for table in tables
        for day, words in enumerate(_spellings(table.get("days", "")), 1)
        for word in words
    ]
    functions = _functions(tables)
    relative = [(word, key) for table in tables for key in RELATIVE_KINDS for word in _words(table.get(key, ""))]
    names: dict[str, str] = {}
    for word, key in functions:
        names.setdefault(fold_word(word), key)
    return Lexicon(
        months=months,
        short_months=frozenset(months) - {fold_word(word) for word, _, is_short in spelt if not is_short},
        days={fold_word(word): day for word, day in ordinals},
        names=names,
        kinds={word: KINDS[key] for word, key in names.items()},
        relative={fold_word(word): key for word, key in reversed(relative)},
        weekdays=_weekday_numbers(tables),
        phrases=_phrases({str(word) for words in (spelt, ordinals, functions, relative) for word, *_ in words}),
        of_all_languages=not trusted,
    )


def _functions(tables: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Words and their keys in order of precedence. A range is no date in any language, so what joins its ends counts everywhere."""
    own = [(word, key) for key in KINDS for table in tables for word in _words(table.get(key, ""))]
    weekdays = [(word, "weekday") for table in tables for word, _ in _cldr_weekdays(table) if len(word) > 2]
    others = [
        (word, key) for key in ("to", "and") for table in _tables().values() for word in _words(table.get(key, ""))
    ]
    return [*own, *weekdays, *others]


def _words(value: str) -> list[str]:
    return [word for spellings in _spellings(value) for word in spellings]


def _spellings(value: str) -> list[list[str]]:
    """``"a|b, c"`` is ``[["a", "b"], ["c"]]``; an empty place between commas is an empty list."""
    if not value.strip():
        return []
    return [[word.strip() for word in place.split("|") if word.strip()] for place in value.split(",")]


def _months(table: dict[str, Any]) -> list[tuple[str, Month, bool]]:
    """Every spelling of every month, with its calendar and number and whether it is an abbreviation."""
    found: list[tuple[str, Month, bool]] = []
    for locale in table["locales"]:
        for width, names in _cldr(locale, "months"):
            is_short = width == "abbreviated"
            found += [(name.rstrip(".॰׳'"), ("gregorian", number), is_short) for number, name in names.items()]
            found += [(name, ("gregorian", number), True) for number, name in names.items() if is_short]
    for calendar in get_args(Calendar):
        for number, spellings in enumerate(_spellings(table.get(calendar, "")), 1):
            found += [(word, (calendar, number), calendar == "gregorian" and len(word) < 5) for word in spellings]
    endings, prefixes = _words(table.get("month_endings", "")), _words(table.get("month_prefixes", ""))
    # Turkic endings replace a soft sign: апрель, апрелинде.
    stems = [(word.rstrip("ьЬ"), month) for word, month, is_short in found if not is_short]
    ended = [(stem + ending, month, False) for stem, month in stems for ending in endings]
    begun = [(prefix + word, month, is_short) for word, month, is_short in found for prefix in prefixes]
    return found + ended + begun


def _cldr_weekdays(table: dict[str, Any]) -> list[tuple[str, int]]:
    tables = [days for locale in table["locales"] for _, days in _cldr(locale, "days")]
    return [(name.rstrip("."), number) for days in tables for number, name in days.items()]


def _weekday_numbers(tables: list[dict[str, Any]]) -> dict[str, int]:
    """Names that mean one day only: an abbreviation of two letters is another day's in another language."""
    found: dict[str, set[int]] = {}
    for table in tables:
        for word, number in _cldr_weekdays(table):
            found.setdefault(fold_word(word), set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def _cldr(locale: str, field: str) -> list[tuple[str, dict[int, str]]]:
    return _cldr_names(locale)[field]


@lru_cache(maxsize=256)
def _cldr_names(locale: str) -> dict[str, list[tuple[str, dict[int, str]]]]:
    """Months and weekdays by width, in both the form beside a number and the one that stands alone.

    From a locale's own data in Babel's file: `babel.Locale` fills what one lacks with names of whichever was loaded before it.
    """
    from babel.localedata import resolve_locale_filename

    data: dict[str, Any] = pickle.loads(Path(resolve_locale_filename(locale)).read_bytes())  # noqa: S301 (Babel's own data)
    return {field: _by_width(data.get(field, {})) for field in ("months", "days")}


def _by_width(names: dict[str, Any]) -> list[tuple[str, dict[int, str]]]:
    forms = [names.get(form) for form in ("format", "stand-alone")]
    widths = [(width, names) for form in forms if isinstance(form, dict) for width, names in form.items()]
    return [(width, names) for width, names in widths if isinstance(names, dict) and width in {"wide", "abbreviated"}]


def _phrases(written: set[str]) -> str:
    """A verbose pattern for what the tokeniser would not take for one word: by first character, the longest first."""
    folded = {" ".join(map(fold_word, word.split())) for word in written}
    several = sorted(
        (word for word in folded if not re.fullmatch(WORD, word)), key=lambda word: (word[0], -len(word), word)
    )
    by_first = [(first, [word[1:] for word in group]) for first, group in groupby(several, key=lambda word: word[0])]
    return "|".join(f"{re.escape(first)}(?:{'|'.join(map(_phrase, rest))})" for first, rest in by_first)


def _phrase(rest: str) -> str:
    ends_a_word = "(?![^\\W\\d_])" if re.fullmatch(WORD, rest[-1:]) else ""
    return re.escape(rest).replace(r"\ ", "[ ]?") + ends_a_word
