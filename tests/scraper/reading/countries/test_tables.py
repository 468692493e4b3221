"""The tables hold together: a speaker who mends one is told what is wrong with it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from babel import Locale

from scraper.reading.countries import find_countries
from scraper.reading.countries.names import Endings

TABLES = files("scraper.reading.countries").joinpath("tables")
NAMES = sorted(path.name for path in TABLES.iterdir() if path.name.endswith(".toml"))
KEYS = {
    *(
        "locales",
        "also",
        "article",
        "prefixes",
        "chain",
        "endings",
        "cut",
        "softens",
        "unspaced",
        "small_letters",
        "names_are_adjectives",
    ),
    *(
        "surnames",
        "tongues",
        "tongues_before",
        "tongues_after",
        "spoken",
        "states",
        "places",
        "joiners",
        "weak",
        "personal",
        "without",
    ),
    *("nothing", "names", "peoples", "at_home", "pairs"),
}
COUNTRIES = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - {
    "EU",
    "UN",
    "EZ",
    "ZZ",
    "XA",
    "XB",
    "QO",
}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(TABLES.joinpath(name).read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_known_and_codes_are_countries(name: str) -> None:
    table = _table(name)
    assert set(table) <= KEYS
    codes = {
        *table.get("names", {}),
        *table.get("peoples", {}),
        *table.get("at_home", {}),
        *table.get("without", "").split(),
    }
    assert codes <= COUNTRIES


@pytest.mark.parametrize("name", NAMES)
def test_words_are_words(name: str) -> None:
    table = _table(name)
    for section in ("names", "peoples"):
        for code, words in table.get(section, {}).items():
            written = [word.strip() for word in words.split(",")]
            assert all(written), f"{code} in {section} has an empty word"
            assert all(len(part.rstrip("*+-")) > 1 for word in written for part in word.split()[:1]), (
                f"{code}: one letter is no name"
            )
            assert len(set(written)) == len(written), f"{code} in {section} has a word twice"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_cut_off_is_an_ending(name: str) -> None:
    table = _table(name)
    assert set(table.get("cut", "").split()) <= set(table.get("endings", "").split())


def test_every_language_of_the_phrases_has_a_table() -> None:
    phrases = tomllib.loads(files("scraper.reading").joinpath("phrases.toml").read_text("utf-8"))
    languages = {language for group in phrases.values() for language in group}
    assert sorted(languages - {name.removesuffix(".toml") for name in NAMES}) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_table_finds_the_countries_that_cldr_has_a_name_for(name: str) -> None:
    """Each country's plain name, alone, is read as that country and no other, but for words that need more (weak, at home, personal)."""
    from scraper.reading.countries.cldr import LEFT_OUT, territories

    table, language = _table(name), name.removesuffix(".toml")
    loose = {*table.get("without", "").split()}
    wrong = {}
    for code, called in (each for locale in table["locales"] for each in territories(locale).items()):
        if code in LEFT_OUT or code in loose or "(" in called or "（" in called or "," in called:
            continue
        found = [country.code for country in find_countries(None, called, language, None)]
        if found not in ([code], []):
            wrong[code] = (called, found)
    assert wrong == {}


def test_endings_are_taken_apart() -> None:
    endings = Endings("li ler den in", 3)
    assert [endings.has(rest) for rest in ("li", "liler", "lilerden", "lilerdenin", "lilo")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not Endings("li ler", 1).has("liler")
