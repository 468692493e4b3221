"""The tables of words, which speakers of a language mend."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import resources

import pytest
from babel.localedata import locale_identifiers

from scraper.reading.dates.lexicon import KINDS, RELATIVE_KINDS, lexicon_for

TABLES = tomllib.loads(resources.files("scraper.reading.dates").joinpath("words.toml").read_text(encoding="utf-8"))
CALENDARS = ("gregorian", "persian", "islamic")
PLAIN = {"locales", "with", "month_endings", "month_prefixes", "days"}


@pytest.mark.parametrize("language", TABLES)
def test_a_section_has_known_keys_and_every_month(language: str) -> None:
    table = TABLES[language]
    assert not table.keys() - {*CALENDARS, *PLAIN, *KINDS, *RELATIVE_KINDS}
    assert all(len(table[calendar].split(",")) == 12 for calendar in CALENDARS if calendar in table)
    assert len(table.get("days", "").split(",")) in {1, 31}
    assert set(table.get("with", [])) <= TABLES.keys()
    assert set(table["locales"]) <= set(locale_identifiers())


def test_a_month_that_languages_disagree_on_is_unknown_where_the_language_is() -> None:
    assert lexicon_for("pl").months["listopada"] == ("gregorian", 11)
    assert lexicon_for("hr").months["listopada"] == ("gregorian", 10)
    assert "listopada" not in lexicon_for(None).months


def test_words_are_read_when_they_are_first_needed() -> None:
    code = (
        "import sys, scraper.reading.dates.lexicon as lexicon, scraper.reading.dates;"
        "print(lexicon._tables.cache_info().currsize, 'jdatetime' in sys.modules, 'hijridate' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["0", "False", "False"]
