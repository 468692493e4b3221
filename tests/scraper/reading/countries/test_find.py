"""The countries of a text: order, words, the source's own, and bounds."""

from __future__ import annotations

from time import process_time

import pytest

from scraper.reading import Country
from scraper.reading.countries import find_countries, told_countries
from scraper.reading.countries.find import MOST_CHARACTERS, MOST_WORDS


def test_countries_come_in_the_order_of_their_first_words_title_first() -> None:
    found = find_countries("Guests from Japan", "Iran, Japan and Iraq. The Japanese guests met the Iraqis.", "en", None)
    assert found == (Country("JP", ("Japan", "Japanese")), Country("IR", ("Iran",)), Country("IQ", ("Iraq", "Iraqis")))


def test_words_stand_as_on_the_page_once_each() -> None:
    text = "دانشگاه‌های عراق و شرکت‌های عراقی و دانشجویان عراقی"
    assert find_countries(None, text, "fa", None) == (Country("IQ", ("عراق", "عراقی")),)
    assert find_countries(None, "من الأردن\nوالأردن", "ar", None) == (Country("JO", ("الأردن",)),)
    assert find_countries(None, "the United\nStates", "en", None) == (Country("US", ("United States",)),)


def test_words_are_bounded() -> None:
    text = ", ".join(
        ["Росси" + ending for ending in ("я", "и", "ю", "ей", "ею")]
        + [f"российск{ending}" for ending in ("ий", "ая", "ое", "ие", "ого", "ому")]
    )
    (country,) = find_countries(None, text, "ru", None)
    assert len(country.words) == MOST_WORDS


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Узбекские и узбекистанские студенты Узбекистана"),
        ("uz", "O'zbekistonlik o‘zbek talabalar, O‘zbekistonda"),
        ("uz-Cyrl", "Ўзбекистон ва ўзбек халқи"),
    ],
)
def test_the_sources_own_country_is_left_out_as_an_adjective_too(language: str, text: str) -> None:
    assert find_countries(None, text, language, "UZ") == ()
    assert [country.code for country in find_countries(None, text, language, None)] == ["UZ"]


@pytest.mark.parametrize(
    ("language", "own", "text", "codes"),
    [
        ("fa", "IR", "مردم آذربایجان و تبریز", []),
        ("fa", "IR", "سفیر آذربایجان در تهران", ["AZ"]),
        ("fa", "IR", "آذربایجان و ارمنستان", ["AZ", "AM"]),
        ("fa", "AF", "مردم آذربایجان و تبریز", ["AZ"]),
        ("en", "US", "A school in Georgia has won.", []),
        ("en", "US", "The ambassador of Georgia has spoken.", ["GE"]),
        ("en", "UZ", "A school in Georgia has won.", ["GE"]),
    ],
)
def test_a_name_that_is_a_place_at_home_needs_more(language: str, own: str, text: str, codes: list[str]) -> None:
    assert [country.code for country in find_countries(None, text, language, own)] == codes


def test_a_page_borrows_names_from_the_languages_beside_its_own() -> None:
    assert [c.code for c in find_countries(None, "Нидерланды, Germany және USA университеттері", "kk", None)] == [
        "NL",
        "DE",
        "US",
    ]


@pytest.mark.parametrize("language", ["nosuch", "xx-Latn", "eo", None])
def test_a_language_without_a_table_has_the_names_that_there_are(language: str | None) -> None:
    assert [c.code for c in find_countries("Uzbekistan", "", language, None)] == ["UZ"]


def test_nothing_in_nothing() -> None:
    assert find_countries(None, "", "en", None) == ()
    assert find_countries("", "۱۲۳ !!! 😀 \u200c\u200f", "fa", "IR") == ()


def test_only_so_much_is_read() -> None:
    assert find_countries(None, " " * (MOST_CHARACTERS + 1) + "France", "en", None) == ()


@pytest.mark.parametrize("language", ["en", "tr", "ar", "zh", "ko", "ru", "vi"])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "Iran ",
        "İranlılardan",
        "United ",
        "中",
        "中美",
        "ال",
        "و",
        "' ",
        "Chad Jordan ",
        "A. ",
        "Мали, ",
        "\u200c",
        "lilerindendirlerinden",
    ],
    ids=lambda unit: unit.encode("unicode_escape").decode(),
)
def test_hostile_text_takes_no_longer_than_it_is_long(language: str, unit: str) -> None:
    find_countries(None, unit, language, None)
    began = process_time()
    find_countries(unit * 50, unit * (8_000_000 // len(unit)), language, None)
    assert process_time() - began < 6  # a machine that does much else; it takes a tenth of this


def test_the_evidence_names_the_words() -> None:
    told = told_countries(find_countries(None, "Iran, Iranian, Iraq", "en", None))
    assert told is not None
    assert told.why == "IR: Iran, Iranian; IQ: Iraq"
    assert told_countries(()) is None
