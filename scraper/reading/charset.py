"""Bytes to text: what was declared is heard, what the bytes say decides.

Headers and meta tags lie, legacy pages often declare nothing. Valid UTF-8 is UTF-8. Otherwise each likely charset is
tried on the page's words and the one whose letters look like a language wins; the declaration, the page's ``lang`` and
the source's languages count as votes. Labels mean what browsers mean by them (WHATWG Encoding Standard).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

from bs4.dammit import EncodingDetector

from scraper.reading.alphabets import MULTI_BYTE, SINGLE_BYTE, Legacy

_LABELS: Final = {
    "latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932", "big5hkscs": "big5",
}  # fmt: skip
"""Python's name of a declared charset to the one that browsers use for it."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET_PARAMETER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_LANG: Final = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3})", re.IGNORECASE)
_NOT_PROSE: Final = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]{0,2000}>|&[#\w]{1,12};", re.IGNORECASE | re.DOTALL)
_ESCAPED_CHARSETS: Final = ("iso2022_jp", "hz")
_SAMPLE_BYTES: Final = 200_000
_FEW_BROKEN: Final = 0.02
"""Share of broken sequences up to which bytes still count as UTF-8: one bad advertisement must not spoil a page."""


def decode(body: bytes, content_type: str | None = None, languages: Iterable[str] = ()) -> tuple[str, str]:
    """The text of a page and the name of its charset (Python's codec name). Bytes that fit nowhere become U+FFFD."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    declared = declared_charsets(body, content_type)
    for charset in declared:
        if charset in _ESCAPED_CHARSETS or charset.startswith(("utf-16", "utf-32")):
            text = body.decode(charset, "replace")
            if text.count("�") * 100 < len(text):
                return text, charset
    if _is_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    charset = _likeliest(body, declared, _languages(body, languages))
    return body.decode(charset, "replace"), charset


def declared_charsets(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """The charsets that the HTTP header and the page's own declaration name, header first, unknown names left out."""
    match = _CHARSET_PARAMETER.search(content_type or "")
    named = (match.group(1) if match else None, EncodingDetector.find_declared_encoding(body[:8192], is_html=True))
    return tuple(dict.fromkeys(codec for name in named if name and (codec := _codec(name))))


def _codec(name: str) -> str | None:
    try:
        canonical = codecs.lookup(name).name
        "".encode(canonical)  # rot13 and its kin are no charsets
    except (LookupError, UnicodeError, ValueError):
        return None
    return _LABELS.get(canonical, canonical)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("�")
        beyond_ascii = sum(1 for char in text[:_SAMPLE_BYTES] if char > "\x7f")
        return broken <= max(1, beyond_ascii * _FEW_BROKEN) and beyond_ascii > 2 * broken
    return True


def _languages(body: bytes, of_source: Iterable[str]) -> frozenset[str]:
    match = _LANG.search(body[:20_000])
    own = [match.group(1).decode("ascii").lower()] if match else []
    return frozenset([*own, *(tag.split("-")[0].lower() for tag in of_source)])


def _likeliest(body: bytes, declared: tuple[str, ...], languages: frozenset[str]) -> str:
    sample = _NOT_PROSE.sub(b" ", body[: 4 * _SAMPLE_BYTES])[:_SAMPLE_BYTES]

    def votes(legacy: Legacy) -> float:
        fit = fitness(sample.decode(legacy.codec, "replace"), legacy.common, legacy.share)
        return (
            fit
            + 0.1 * (legacy.codec in declared)
            + 0.08 * bool(legacy.languages & languages)
            + 0.02 * (legacy.codec == "cp1252")
        )

    ranked = sorted((*MULTI_BYTE, *SINGLE_BYTE), key=votes, reverse=True)
    best = ranked[0]
    if votes(best) < 0.2 and declared:
        return declared[0]
    return best.codec


def fitness(text: str, common: frozenset[str], share: float) -> float:
    """How far the non-ASCII characters of `text` are those of prose, of which `common` make `share`: at most 1, may be negative.

    Broken bytes and control characters count against it, and so do letters that stand in the wrong case or script:
    a capital after a small letter, an accented run without one plain Latin letter.
    """
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    frequent = sum(1 for char in foreign if char.lower() in common)
    capitals = sum(1 for char in foreign if char.isupper())
    broken = sum(1 for char in foreign if char == "�" or "\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff")
    misfits = len(_MISFIT.findall(text))
    return min(1.0, frequent / len(foreign) / share) - (4 * broken + 2 * misfits + capitals) / len(foreign)


_MISFIT: Final = re.compile(
    r"[a-zà-öø-ÿа-яα-ω][А-ЯΑ-ΩÀ-ÖØ-Þ]|[À-ÿ]{4}|[A-Za-z][\u0370-\u0eff]|[\u0370-\u0eff][A-Za-z]|[^\W\d_][¡-©«¬®-¶¸¹»-¿][^\W\d_]"
)
"""A capital after a small letter, a run of accents, two scripts or a sign within one word."""
