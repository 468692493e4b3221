"""What holds for every date and every text. No deadlines: the first look at a language reads its words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from itertools import pairwise

import hijridate
import jdatetime
import pytest
from babel import dates as babel_dates
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.reading.dates import date_in_url, find_dates, parse_date
from scraper.reading.dates.find import NUMBER, YEAR, windows
from scraper.reading.dates.fold import fold
from scraper.reading.dates.grammar import LENIENT_CORES, date_pattern, relative_pattern
from scraper.reading.dates.lexicon import KINDS, RELATIVE_KINDS
from scraper.reading.model import Calendar

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "ckb",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fo",
    "fr",
    "fy",
    "ga",
    "gl",
    "gu",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "ig",
    "is",
    "it",
    "ja",
    "jv",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "lb",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "my",
    "nb",
    "ne",
    "nl",
    "nn",
    "or",
    "pa",
    "pl",
    "pt",
    "ro",
    "ru",
    "sah",
    "sd",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sr_Latn",
    "sv",
    "sw",
    "ta",
    "tg",
    "th",
    "ti",
    "tk",
    "tr",
    "tt",
    "uk",
    "ur",
    "uz",
    "uz_Cyrl",
    "vi",
    "xh",
    "zh",
    "zh_Hant",
    "zu",
]
ZEROS = [chr(code) for code in range(0x10FFFF) if unicodedata.decimal(chr(code), None) == 0]
PERSIAN_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
ISLAMIC_MONTHS = [
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(day=DAYS)
def test_a_date_formatted_by_cldr_and_parsed_is_itself(language: str, day: date) -> None:
    for width in ("long", "full"):
        written = babel_dates.format_date(day, width, locale=language)
        found = parse_date(written, language=language.replace("_", "-"))
        assert found, written
        assert found.day == day, written


@settings(deadline=None)
@given(day=DAYS, clock=st.times().map(lambda clock: clock.replace(microsecond=0)), hours=st.integers(-12, 14))
def test_iso_8601_parsed_is_itself(day: date, clock: time, hours: int) -> None:
    sign = "-" if hours < 0 else "+"
    found = parse_date(f"{day}T{clock.isoformat()}{sign}{abs(hours):02}:00")
    assert found
    assert (found.day, found.clock, found.offset, found.precision) == (day, clock, timedelta(hours=hours), "second")


@settings(deadline=None)
@given(
    day=st.dates(date(1901, 1, 1), date(2100, 1, 1)), joined=st.sampled_from([" {} ", " {} ماه ", " {}ماه ", " {}، "])
)
def test_a_persian_date_is_its_gregorian_day(day: date, joined: str) -> None:
    persian = jdatetime.date.fromgregorian(date=day)
    month = joined.format(PERSIAN_MONTHS[persian.month - 1])
    found = parse_date(f"{persian.day}{month}{persian.year}", language="fa")
    assert found
    assert (found.day, found.calendar) == (day, "persian")


@settings(deadline=None)
@given(day=st.dates(date(1930, 1, 1), date(2070, 1, 1)))
def test_an_islamic_date_is_its_gregorian_day(day: date) -> None:
    islamic = hijridate.Gregorian.fromdate(day).to_hijri()
    for month in (f" {ISLAMIC_MONTHS[islamic.month - 1]} ", f"/{islamic.month}/"):
        found = parse_date(f"{islamic.day}{month}{islamic.year} هـ", language="ar")
        assert found
        assert (found.day, found.calendar) == (day, "islamic")


@settings(deadline=None)
@given(
    day=DAYS,
    language=st.sampled_from(["en", "ru", "fa", "ar", "uz", "de", "ja", "th"]),
    words=st.lists(st.sampled_from(["alpha", "бета", "گاما", "δ"]), max_size=40),
)
def test_a_date_in_running_text_is_found_at_its_place(day: date, language: str, words: list[str]) -> None:
    written = babel_dates.format_date(day, "long", locale=language)
    text = f"{' '.join(words)}. {written}. {' '.join(words)}"
    (found,) = find_dates(text, language=language)
    assert found.day == day
    assert text[found.start : found.end] == found.raw
    assert found.raw.rstrip(".") == written.strip().rstrip(".")


@settings(deadline=None)
@given(day=DAYS, zero=st.sampled_from(ZEROS), form=st.sampled_from(["{}-{:02}-{:02}", "{}/{}/{}", "{}年{}月{}日"]))
def test_the_digits_of_every_script_are_equal(day: date, zero: str, form: str) -> None:
    ascii_digits = form.format(day.year, day.month, day.day)
    written = "".join(
        chr(ord(zero) + int(char)) if char.isdigit() and char.isascii() else char for char in ascii_digits
    )
    found = parse_date(written)
    assert found
    assert (found.day, found.raw) == (day, written)


ALPHABET = "0123456789۰۵٤ /-.,:|()~'\"«»\n年月日至元T+Zz " + "".join(ZEROS[:12])
WORDS = [
    "May",
    "мая",
    "مرداد",
    "كانون الثاني",
    "2024",
    "1403",
    "بیست و نهم",
    "yil",
    "года",
    "令和",
    "to",
    "по",
    "ago",
    "вчера",
    "of",
    "pm",
    "هـ",
]
HOSTILE = st.lists(
    st.one_of(st.text(ALPHABET, max_size=6), st.sampled_from(WORDS), st.text(max_size=3)), max_size=40
).map("".join)


@settings(max_examples=400, deadline=None)
@given(
    text=HOSTILE,
    language=st.sampled_from([None, "en", "fa", "uz", "zh", "xx", "../x"]),
    calendar=st.sampled_from([None, "persian", "islamic"]),
)
def test_any_text_is_read_without_an_error_and_sliced_in_order(
    text: str, language: str | None, calendar: Calendar | None
) -> None:
    end = 0
    for found in find_dates(text, language=language, calendar=calendar):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.raw
        assert 1900 <= found.day.year <= 2100
        end = found.end
    parsed = parse_date(text, language=language, calendar=calendar)
    assert parsed is None or text[parsed.start : parsed.end] == parsed.raw
    date_in_url(text)


@settings(deadline=None)
@given(text=st.text())
def test_each_character_folds_to_one_or_none_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) <= len(text)
    assert fold(folded.text).text == folded.text
    places = [folded.place(index) for index in range(len(folded.text))]
    assert places == sorted(set(places))


@settings(deadline=None)
@given(text=st.text("1二年 a\n", max_size=600), anchors=st.sampled_from([NUMBER, YEAR]))
def test_each_number_is_looked_at_once(text: str, anchors: re.Pattern[str]) -> None:
    """What holds the time linear, together with the bound of the grammar."""
    stretches = list(windows(text, anchors))
    assert all(first[1] <= second[0] for first, second in pairwise(stretches))
    for anchor in anchors.finditer(text):
        assert sum(start <= anchor.start() and anchor.end() <= end for start, end in stretches) == 1


@settings(max_examples=200, deadline=None)
@given(
    unit=st.text(
        "IicTdnYXDMWENRGk -./,;:|~()'\"x?\n12gtu" + "".join({*KINDS.values(), *RELATIVE_KINDS.values()}),
        min_size=1,
        max_size=12,
    )
)
def test_the_grammar_looks_at_a_bounded_stretch_of_tokens(unit: str) -> None:
    kinds = unit * (200 // len(unit) + 1)
    for pattern in (date_pattern(lenient=tuple(LENIENT_CORES)), relative_pattern()):
        assert all(match.end() - match.start() <= 80 for match in pattern.finditer(kinds))
