"""Bytes become the right text, whatever the page declares."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.reading.charset import declared_charsets, decode
from scraper.reading.labels import name_of

from .pages import PROSE, read

WRITTEN_IN = {
    "cp1251": "ru uk",
    "koi8-r": "ru",
    "koi8-u": "uk",
    "iso8859-5": "ru",
    "cp866": "ru",
    "cp1256": "ar",
    "iso8859-6": "ar",
    "cp1254": "tr",
    "cp1253": "el",
    "iso8859-7": "el",
    "cp1250": "pl cs hu ro",
    "iso8859-2": "pl cs hu ro",
    "cp1252": "de fr es pt is",
    "cp1257": "lt",
    "cp1255": "he",
    "cp874": "th",
    "gb18030": "zh",
    "big5hkscs": "zh-Hant",
    "cp932": "ja",
    "euc_jp": "ja",
    "cp949": "ko",
}
LEGACY = [(language, charset) for charset, languages in WRITTEN_IN.items() for language in languages.split()]
SENTENCES = PROSE | {
    "cs": "Delegace univerzity tento týden navštívila partnerskou fakultu a dohodla se na výměně učitelů a studentů. Obě strany "
    "vysvětlily plány společného výzkumu a poděkovaly hostitelům za vřelé přijetí, které se jim dostalo.",
    "hu": "Az egyetem küldöttsége ezen a héten felkereste a partnerkart, és megállapodott az oktatók és a hallgatók cseréjéről. "
    "Mindkét fél ismertette a közös kutatás terveit, és köszönetet mondott a szíves fogadtatásért, amelyről bőven írtak.",
    "ro": "O delegaţie a universităţii a vizitat săptămâna aceasta facultatea parteneră şi a convenit asupra schimbului de profesori. "
    "Ambele părţi au explicat planurile de cercetare comună şi au mulţumit gazdelor pentru primirea călduroasă.",
    "is": "Sendinefnd háskólans heimsótti í þessari viku samstarfsdeildina og samþykkti að skiptast á kennurum og nemendum. "
    "Báðir aðilar útskýrðu áætlanir um sameiginlegar rannsóknir og þökkuðu gestgjöfunum fyrir hlýjar móttökur það árið.",
    "lt": "Universiteto delegacija šią savaitę lankėsi partnerių fakultete ir susitarė dėl dėstytojų bei studentų mainų. "
    "Abi šalys paaiškino bendrų tyrimų planus ir padėkojo šeimininkams už šiltą priėmimą, kurį jie gavo.",
    "he": "משלחת מן האוניברסיטה ביקרה השבוע בפקולטה השותפה והסכימה על חילופי מרצים וסטודנטים. "
    "שני הצדדים הסבירו את תוכניות המחקר המשותפות והודו למארחים על קבלת הפנים החמה.",
    "zh-Hant": "本週我校代表團訪問了合作學院，雙方就教師和學生的交流達成了一致意見，並介紹了各自的研究計劃。"
    "代表團感謝主人的熱情接待，表示今後將繼續加強合作，為青年的學習和成長創造更好的條件，也歡迎對方早日來訪。",
}


def _page(text: str, *, lang: str | None = None, meta: str | None = None) -> str:
    declaration = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    attribute = f' lang="{lang}"' if lang else ""
    return (
        f"<html{attribute}><head>{declaration}<title>News</title></head><body><p class='lead'>{text}</p></body></html>"
    )


@pytest.mark.parametrize(("language", "charset"), LEGACY)
@pytest.mark.parametrize("declared", ["nothing", "lang", "charset", "utf-8", "cp1252"])
def test_legacy_charset(language: str, charset: str, declared: str) -> None:
    page = _page(
        SENTENCES[language],
        lang=language if declared == "lang" else None,
        meta={"charset": charset, "utf-8": "utf-8", "cp1252": "windows-1252"}.get(declared),
    )
    encoded = page.encode(charset, "ignore")
    assert decode(encoded).text == encoded.decode(charset)


@pytest.mark.parametrize(
    ("language", "charset"), [("ru", "cp1251"), ("ar", "cp1256"), ("el", "cp1253"), ("zh", "gb18030"), ("tr", "cp1254")]
)
def test_wrong_declaration_in_the_header(language: str, charset: str) -> None:
    page = _page(PROSE[language])
    assert decode(page.encode(charset, "ignore"), "text/html; charset=ISO-8859-1").charset == charset


def test_languages_of_the_source_tell_charsets_apart() -> None:
    few = "<p>Bugün açıldı</p>".encode("cp1254")
    decoded = decode(few, None, ("tr",))
    assert (decoded.text, decoded.charset) == ("<p>Bugün açıldı</p>", "cp1254")


def test_utf8_wins_over_a_wrong_declaration() -> None:
    page = _page(PROSE["fa"], meta="windows-1256")
    decoded = decode(page.encode(), "text/html; charset=windows-1256")
    assert (decoded.text, decoded.charset) == (page, "utf-8")
    assert decoded.why == "UTF-8 by its bytes; the header says windows-1256; the page says windows-1256"


def test_a_broken_byte_does_not_spoil_utf8() -> None:
    decoded = decode(_page(PROSE["ru"]).encode() + b"<p>\xd0</p>")
    assert decoded.charset == "utf-8"
    assert PROSE["ru"] in decoded.text
    assert decoded.text.endswith("<p>\ufffd</p>")


@pytest.mark.parametrize(
    ("declared", "meant"),
    [
        ("gb2312", "gb18030"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("euc-kr", "cp949"),
        ("x-sjis", "cp932"),
        ("win-1251", "cp1251"),
        ("Big5", "big5hkscs"),
    ],
)
def test_labels_mean_what_browsers_mean(declared: str, meant: str) -> None:
    assert declared_charsets(b"", f"text/html; charset={declared}") == (meant,)


@pytest.mark.parametrize(
    "label", ["rot13", "hex", "nonsense", "utf-99", "punycode", "undefined", "unicode_escape", "utf-7", "x" * 5000]
)
def test_a_label_that_is_no_charset_is_not_believed(label: str) -> None:
    assert declared_charsets(b"", f"text/html; charset={label}") == ()
    assert decode("<p>Straße</p>".encode(), f"text/html; charset={label}").text == "<p>Straße</p>"


def test_windows_quotes_in_a_page_that_calls_itself_latin_1() -> None:
    assert (
        decode("<p>“Größe” – naïve</p>".encode("cp1252"), "text/html; charset=iso-8859-1").text
        == "<p>“Größe” – naïve</p>"
    )


@example("\x00", "utf-16")  # not the mark of UTF-32, which the web does not know
@given(st.text(), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_a_byte_order_mark_decides(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "text/html; charset=koi8-r").text == text


@given(st.text(min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        decoded = decode(text.encode())
        assert (decoded.text, decoded.charset) == (text, "utf-8")


@given(st.binary(max_size=2000))
def test_any_bytes_become_text(body: bytes) -> None:
    decoded = decode(body)
    assert isinstance(decoded.text, str)
    assert decoded.charset
    assert decoded.why


@pytest.mark.parametrize(
    ("page", "content_type", "why"),
    [
        (_page(PROSE["ru"]).encode(), "text/html; charset=utf-8", "UTF-8, as the header says"),
        (_page(PROSE["ru"], meta="utf-8").encode(), None, "UTF-8, as the page says"),
        (_page(PROSE["ru"], meta="utf-8").encode(), "text/html;charset=UTF8", "UTF-8, as the header and the page say"),
        (_page(PROSE["ru"]).encode(), None, "UTF-8 by its bytes; nothing is declared"),
        (_page("Welcome").encode(), None, "UTF-8: plain ASCII"),
        (_page(PROSE["ru"]).encode("utf-8-sig"), None, "UTF-8, as its byte order mark says"),
        (_page(PROSE["ru"], meta="windows-1251").encode("cp1251"), None, "windows-1251, as the page says"),
        (
            _page(PROSE["ru"], lang="ru").encode("cp1251"),
            None,
            "windows-1251, by its letters and ru; nothing is declared",
        ),
        (
            _page(PROSE["ru"], meta="utf-8").encode("cp1251"),
            "text/html; charset=koi8-r",
            "windows-1251, by its letters and ru; the header says KOI8-R; the page says UTF-8",
        ),
        (_page("© 2024", meta="windows-1251").encode("cp1251"), None, "windows-1251, as the page says"),
    ],
)
def test_the_evidence(page: bytes, content_type: str | None, why: str) -> None:
    assert decode(page, content_type).why == why


@pytest.mark.parametrize("charset", ["gb18030", "cp1252"])
def test_quotes_in_english_on_a_page_that_says_gb2312(charset: str) -> None:
    page = _page(
        "The rector said “we don’t know” — “yes” about the plan of the university for the year. It was “good”.",
        meta="gb2312",
    )
    assert decode(page.encode(charset)).text == page


def test_the_language_of_the_words_tells_charsets_apart() -> None:
    page = _page(
        " ".join(word for word in SENTENCES["hu"].split() if "ű" not in word and "ő" not in word) + " erdő mező"
    )
    assert decode(page.encode("cp1250")).text == page


def test_the_evidence_is_kept_with_the_reading() -> None:
    assert read(_page(PROSE["ru"]).encode("cp1251")).why["charset"].startswith("windows-1251, by its letters")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_utf_16_without_a_mark(codec: str, language: str) -> None:
    page = _page(PROSE[language])
    decoded = decode(page.encode(codec), "text/html; charset=utf-8")
    assert (decoded.text, decoded.charset) == (page, codec)


def test_a_page_that_says_utf_16_in_ascii_is_utf_8() -> None:
    page = _page(PROSE["fa"], meta="utf-16")
    assert decode(page.encode()).text == page


def test_zeros_in_a_page_are_not_utf_16() -> None:
    page = _page(PROSE["ru"]).encode() + b"\0" * 40
    assert decode(page).charset == "utf-8"


def test_escapes_of_iso_2022_jp_need_no_declaration() -> None:
    page = _page(PROSE["ja"])
    assert decode(page.encode("iso2022_jp")).text == page


@pytest.mark.parametrize(
    ("language", "charset"), [("ru", "cp1251"), ("ar", "cp1256"), ("zh", "gb18030"), ("fr", "cp1252")]
)
def test_a_template_in_utf_8_around_a_legacy_text(language: str, charset: str) -> None:
    """A site changed its templates, and its texts stayed in the database as they were."""
    menu = "".join(
        f"<li><a href='/{number}'>{word}</a></li>" for number, word in enumerate(PROSE[language].split(". ") * 3)
    )
    old = SENTENCES[language].encode(charset, "ignore")
    page = f"<html><body><ul>{menu}</ul><p>".encode() + old + b"</p></body></html>"
    decoded = decode(page, "text/html; charset=utf-8")
    assert menu in decoded.text
    assert old.decode(charset) in decoded.text
    assert f"with pieces in {name_of(charset)}" in decoded.why


def test_windows_quotes_in_a_page_in_utf_8() -> None:
    page = (
        _page(PROSE["ru"]).encode()
        + b"<p>\x93Hello\x94 \x96 he said</p>"
        + "<p>Это «\x85»</p>".encode("latin-1", "ignore")
    )
    decoded = decode(page)
    assert "“Hello” – he said" in decoded.text
    assert decoded.why.startswith("UTF-8 with broken bytes")


MISREAD = [
    ("fr", "cp1252"),
    ("de", "cp1252"),
    ("es", "cp1252"),
    ("ar", "cp1252"),
    ("fa", "cp1252"),
    ("ru", "cp1252"),
    ("el", "cp1252"),
    ("zh", "cp1252"),
    ("tr", "cp1252"),
    ("ru", "cp1251"),
    ("uk", "cp1251"),
    ("kk", "cp1251"),
    ("fa", "cp1251"),
    ("fr", "cp1251"),
    ("es", "cp1251"),
    ("az", "cp1251"),
    ("pl", "cp1251"),
    ("el", "cp1251"),
    ("zh", "cp1251"),
    ("ko", "cp1251"),
]


def _misread(text: str, charset: str) -> str:
    """What becomes of UTF-8 that a browser's windows-125x reads: bytes without a sign stay control characters."""
    return "".join(bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(("language", "charset"), MISREAD)
@pytest.mark.parametrize("times", [1, 2])
def test_utf_8_that_was_read_as_windows_is_mended(language: str, charset: str, times: int) -> None:
    page = garbled = _page(PROSE[language])
    for _ in range(times):
        garbled = _misread(garbled, charset)
    decoded = decode(garbled.encode(), "text/html; charset=utf-8")
    assert decoded.text == page
    assert f"mended: UTF-8 that was read as {name_of(charset)} and written again" in decoded.why


@pytest.mark.parametrize(
    ("language", "charset"), [("ru", "cp1251"), ("ar", "cp1256"), ("el", "cp1253"), ("he", "cp1255")]
)
def test_a_legacy_charset_that_was_read_as_windows_1252_is_mended(language: str, charset: str) -> None:
    page = _page(SENTENCES[language]).encode(charset, "ignore")
    garbled = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in page)
    decoded = decode(garbled.encode())
    assert decoded.text == page.decode(charset)
    assert f"mended: {name_of(charset)} that was read as windows-1252" in decoded.why


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_what_is_no_mojibake_is_left_alone(language: str) -> None:
    page = _page(SENTENCES[language] + " «США», Её, Її, AMANHÃ”, Ã, Â°C, é”»")
    decoded = decode(page.encode())
    assert decoded.text == page
    assert "mended" not in decoded.why


def test_a_page_about_mojibake_is_left_alone() -> None:
    page = _page(PROSE["fr"] + " On lit alors « Ã© » au lieu de « é », ou « Ð¿Ñ€Ð¸ » en russe.")
    assert decode(page.encode()).text == page


def test_lost_letters_are_told() -> None:
    decoded = decode(_page("Пр\ufffdвет, " * 12).encode())
    assert decoded.why == "UTF-8; 12 characters of it were lost before it was sent"


@given(st.sampled_from(LEGACY), st.randoms(use_true_random=False), st.integers(min_value=12, max_value=40))
def test_words_in_the_declared_charset_come_back(written: tuple[str, str], chance: random.Random, count: int) -> None:
    language, charset = written
    words = SENTENCES[language].split() if " " in SENTENCES[language] else list(re.findall(".{6}", SENTENCES[language]))
    page = _page(" ".join(chance.choices(words, k=count)), lang=language[:2], meta=charset)
    encoded = page.encode(charset, "ignore")
    assert decode(encoded, f"text/html; charset={charset}").text == encoded.decode(charset)


@pytest.mark.parametrize(
    "piece",
    [b"<", b"<script", b"<style>", b"\xc3\x83\xc2", b"\xd0\xa0", b"\xff", b"<\xff", b"&#", b"<!--", b"a\xe9 ", b"\x93"],
)
def test_malice_is_read_in_good_time(piece: bytes) -> None:
    """Nothing here may take the square of the length: half a megabyte would be minutes."""
    decode(piece * (500_000 // len(piece)) + b"\xfe")
    decode(piece * (500_000 // len(piece)) + b" ")
