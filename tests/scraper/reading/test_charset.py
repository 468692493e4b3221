"""Bytes become the right text, whatever the page declares."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.reading.charset import declared_charsets, decode

from .pages import PROSE

LEGACY = [
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "iso8859-5"),
    ("ru", "cp866"),
    ("uk", "cp1251"),
    ("ar", "cp1256"),
    ("tr", "cp1254"),
    ("el", "cp1253"),
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("de", "cp1252"),
    ("fr", "cp1252"),
    ("es", "cp1252"),
    ("pt", "cp1252"),
    ("th", "cp874"),
    ("zh", "gb18030"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
]


def _page(text: str, *, lang: str | None = None, meta: str | None = None) -> str:
    declaration = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    attribute = f' lang="{lang}"' if lang else ""
    return (
        f"<html{attribute}><head>{declaration}<title>News</title></head><body><p class='lead'>{text}</p></body></html>"
    )


@pytest.mark.parametrize(("language", "charset"), LEGACY)
@pytest.mark.parametrize("declared", ["nothing", "lang", "charset", "utf-8"])
def test_legacy_charset(language: str, charset: str, declared: str) -> None:
    page = _page(
        PROSE[language],
        lang=language if declared == "lang" else None,
        meta={"charset": charset, "utf-8": "utf-8"}.get(declared),
    )
    encoded = page.encode(charset, "ignore")
    assert decode(encoded)[0] == encoded.decode(charset)


@pytest.mark.parametrize(
    ("language", "charset"), [("ru", "cp1251"), ("ar", "cp1256"), ("el", "cp1253"), ("zh", "gb18030"), ("tr", "cp1254")]
)
def test_wrong_declaration_in_the_header(language: str, charset: str) -> None:
    page = _page(PROSE[language])
    assert decode(page.encode(charset, "ignore"), "text/html; charset=ISO-8859-1")[1] == charset


def test_languages_of_the_source_tell_charsets_apart() -> None:
    few = "<p>Bugün açıldı</p>".encode("cp1254")
    assert decode(few, None, ("tr",)) == ("<p>Bugün açıldı</p>", "cp1254")


def test_utf8_wins_over_a_wrong_declaration() -> None:
    page = _page(PROSE["fa"], meta="windows-1256")
    assert decode(page.encode(), "text/html; charset=windows-1256") == (page, "utf-8")


def test_a_broken_byte_does_not_spoil_utf8() -> None:
    text, charset = decode(_page(PROSE["ru"]).encode() + b"<p>\xd0</p>")
    assert charset == "utf-8"
    assert PROSE["ru"] in text


@pytest.mark.parametrize(
    ("declared", "meant"),
    [
        ("gb2312", "gb18030"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("euc-kr", "cp949"),
    ],
)
def test_labels_mean_what_browsers_mean(declared: str, meant: str) -> None:
    assert declared_charsets(b"", f"text/html; charset={declared}") == (meant,)


@pytest.mark.parametrize("label", ["rot13", "hex", "nonsense", "utf-99"])
def test_a_label_that_is_no_charset_is_not_believed(label: str) -> None:
    assert declared_charsets(b"", f"text/html; charset={label}") == ()
    assert decode("<p>Straße</p>".encode(), f"text/html; charset={label}")[0] == "<p>Straße</p>"


def test_windows_quotes_in_a_page_that_calls_itself_latin_1() -> None:
    assert (
        decode("<p>“Größe” – naïve</p>".encode("cp1252"), "text/html; charset=iso-8859-1")[0]
        == "<p>“Größe” – naïve</p>"
    )


@example("\x00", "utf-16")  # not the mark of UTF-32, which the web does not know
@given(st.text(), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_a_byte_order_mark_decides(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "text/html; charset=koi8-r")[0] == text


@given(st.text(min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "utf-8")


@given(st.binary(max_size=2000))
def test_any_bytes_become_text(body: bytes) -> None:
    text, charset = decode(body)
    assert isinstance(text, str)
    assert charset
