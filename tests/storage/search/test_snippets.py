from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.query import parse_query
from storage.search.snippets import ELLIPSIS, find_ranges, snippet
from storage.search.words import whole_spans, written_words

FILLER = "Nothing of note was said on this day about any other matter at all. " * 8


def marked(text: str, ranges: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(ranges):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("words", "text", "language", "expected"),
    [
        ("university", "Two universities, one University.", "en", "Two [universities], one [University]."),
        ("visit -tour", "A visit, no tour.", "en", "A [visit], no tour."),
        ('"joint visit"', "A joint trip, a visit, a joint\nvisit.", "en", "A joint trip, a visit, a [joint]\n[visit]."),
        ("covid-19", "Covid at 19: COVID-19.", "en", "Covid at 19: [COVID]-[19]."),
        ("univers*", "A universe of universities.", "en", "A [universe] of [universities]."),
        ("همکاری", "همكاری‌های بین‌المللی", "fa", "[همكاری‌های] بین‌المللی"),
        ("همکاریهای", "برای همکاری های خوب", "fa", "برای [همکاری های] خوب"),
        ("همکاری های", "همکاری‌های خوب", "fa", "[همکاری‌های] خوب"),
        ("toshkent", "Бугун Тошкент шаҳрида", "uz", "Бугун [Тошкент] шаҳрида"),
        ("тошкент", "Bugun Toshkent shahrida", "uz", "Bugun [Toshkent] shahrida"),
        ("合作", "国际合作协议", "zh", "国际[合作]协议"),
        ("国际合作", "外国国际合作协议", "zh", "外国[国际合作]协议"),
        ("国", "外国人", "zh", "外[国]人"),
        ("isparta", "Bugün Isparta’da", "tr", "Bugün [Isparta’da]"),
        ("kitob", "Hech narsa", "uz", "Hech narsa"),
    ],
)
def test_find_ranges(words: str, text: str, language: str, expected: str) -> None:
    assert marked(text, find_ranges(text, parse_query(words), language)) == expected


def test_the_passage_with_the_most_different_words_is_shown() -> None:
    text = f"A rector. {FILLER} Rector, rector, rector! {FILLER} The rector signed an agreement. {FILLER}"
    found = snippet(text, parse_query("rector agreement"), width=80, language="en")
    assert "[rector] signed an [agreement]" in marked(found.text, found.ranges)
    assert found.text[0] == found.text[-1] == ELLIPSIS
    assert len(found.text) <= 80 + 2 * len(ELLIPSIS)


def test_a_short_text_is_shown_whole_and_on_one_line() -> None:
    found = snippet("  One.\n\nTwo\tthree.\n", parse_query("two"))
    assert (found.text, found.ranges) == ("One.  Two three.", ((6, 9),))


def test_without_words_a_text_is_shown_from_its_beginning() -> None:
    found = snippet(FILLER, None, width=30)
    assert (found.text, found.ranges) == (f"Nothing of note was said on{ELLIPSIS}", ())


def test_a_word_that_is_wider_than_the_snippet_is_cut() -> None:
    found = snippet("a" * 5000, parse_query("a" * 100), width=50)
    assert found.text == "a" * 50 + ELLIPSIS


def test_a_joined_word_is_not_cut() -> None:
    text = "آن‌ها " * 30
    for width in range(6, 40):
        shown = snippet(text, parse_query("آن"), width=width).text.strip(ELLIPSIS)
        assert set(shown.split()) == {"آن‌ها"}


TEXTS = st.lists(
    st.sampled_from(["visit", "Visits", "a", "می‌شود", "大学国", "o‘qish", ".", "\n", " ", " ", "é́", "-"])
).map("".join)


@given(TEXTS, st.sampled_from(["visit", "visit می‌شود", '"visit a"', "大学 OR 国", "oqish a*"]), st.integers(10, 60))
def test_a_snippet_is_a_passage_cut_between_words(text: str, words: str, width: int) -> None:
    found = snippet(text, parse_query(words), width=width, language="en")
    shown = found.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    flat = "".join(" " if letter.isspace() else letter for letter in text)
    assert len(shown) <= width
    begins = [place for place in range(len(flat) + 1) if flat.startswith(shown, place)]
    assert begins
    if max((end - start for start, end in whole_spans(text)), default=0) <= width:
        edges = {place for start, end in whole_spans(text) for place in range(start + 1, end)}
        assert any(not {begin, begin + len(shown)} & edges for begin in begins) or not shown
    for start, end in found.ranges:
        assert written_words(found.text[start:end])


def test_a_long_text_takes_its_time_once() -> None:
    text = "visit " * 50_000
    assert len(find_ranges(text, parse_query('"visit visit visit visit" vis*'), "en")) == 50_000
