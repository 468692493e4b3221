"""Bytes to text: what was declared is heard, what the bytes say decides.

Headers and meta tags lie, legacy pages often declare nothing. The order is that of evidence: a byte order mark, UTF-16's zeros, escapes of
ISO-2022-JP, valid UTF-8 (which no other text of some length is by chance), UTF-8 with foreign or broken pieces, and at last the legacy
charset whose letters look like a language. Labels mean what browsers mean by them (WHATWG Encoding Standard).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bs4.dammit import EncodingDetector

from scraper.reading.alphabets import MULTI_BYTE_CODECS
from scraper.reading.labels import codec_of, name_of
from scraper.reading.legacy import Guess, likeliest
from scraper.reading.mixed import Pieces, decode_mixed, weigh
from scraper.reading.mojibake import mend

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET_PARAMETER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_META: Final = re.compile(rb"<meta[^<>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_LANG: Final = re.compile(rb"<html[^<>]{0,500}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.IGNORECASE)
_META_LANG: Final = re.compile(
    rb"<meta[^<>]{0,200}?content-language[^<>]{0,200}?content\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.IGNORECASE
)
_HEAD: Final = 8192
_MOST_DECLARATIONS: Final = 4
_JAPANESE_ESCAPE: Final = re.compile(rb"\x1b\$[@B]")
_UTF8_SHARE: Final = 0.05
"""Share of a page's bytes beyond ASCII that valid UTF-8 must make before the page is of two charsets."""
_BROKEN_SHARE: Final = 0.02
_LEAST_LEGACY: Final = 8
"""Bytes beyond ASCII from which pieces in a UTF-8 page that are none are read in another charset. Below, they are broken."""
_ZEROS: Final = 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page. charset: Python's codec name. why: the evidence for it, in a few words of English."""

    text: str
    charset: str
    why: str


@dataclass(frozen=True, slots=True)
class _Claims:
    """What is said of a page's charset. header, page: codecs. languages: primary subtags, of the page (`lang`) and of its source."""

    header: str | None
    page: tuple[str, ...]
    lang: str | None
    languages: frozenset[str]

    @property
    def codecs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.header, *self.page) if self.header else self.page))

    def told(self, codec: str) -> str:
        """Who says that the page is in `codec`, and who says otherwise."""
        agree = [who for who, says in self._words() if says == codec]
        others = [f"the {who} says {name_of(says)}" for who, says in self._words() if says != codec]
        if agree:
            words = f"as the {' and the '.join(agree)} {'say' if len(agree) > 1 else 'says'}"
            return f"{words}; {'; '.join(others)}" if others else words
        return "; ".join(others) or "nothing is declared"

    def agrees(self, codec: str) -> bool:
        return codec in self.codecs

    def _words(self) -> list[tuple[str, str]]:
        return [*([("header", self.header)] if self.header else []), *(("page", codec) for codec in self.page)]


def decode(body: bytes, content_type: str | None = None, languages: Iterable[str] = ()) -> Decoded:
    """The text of a page. Bytes that fit nowhere become U+FFFD.

    body: after the content encoding was undone. content_type: the header. languages: BCP 47 tags of the source.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _marked(body[len(mark) :], charset)
    if (wide := _without_mark(body)) is not None:
        return Decoded(body.decode(wide, "replace"), wide, f"{name_of(wide)}: every other byte is zero")
    claims = _claims(body, content_type, languages)
    if body.isascii():
        return _ascii(body, claims)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _not_utf8(body, claims)
    return _utf8(text, body, claims.told("utf-8"))


def declared_charsets(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """The charsets that the HTTP header and the page's own declarations name, header first, unknown names left out."""
    return _claims(body, content_type, ()).codecs


def _claims(body: bytes, content_type: str | None, languages: Iterable[str]) -> _Claims:
    match = _CHARSET_PARAMETER.search(content_type or "")
    head = body[:_HEAD]
    labels = [
        EncodingDetector.find_declared_encoding(head, is_html=True),
        *(label.decode("ascii", "replace") for label in _META.findall(head)),
    ]
    named = (codec_of(label) for label in labels[:_MOST_DECLARATIONS] if label)
    page = tuple(dict.fromkeys("utf-8" if codec.startswith("utf-16") else codec for codec in named if codec))
    lang = _LANG.search(body[:20_000]) or _META_LANG.search(head)
    own = lang.group(1).decode("ascii").lower() if lang else None
    known = frozenset([*([own] if own else []), *(tag.split("-")[0].lower() for tag in languages)])
    return _Claims(codec_of(match.group(1)) if match else None, page, own, known)


def _marked(body: bytes, charset: str) -> Decoded:
    return Decoded(body.decode(charset, "replace"), charset, f"{name_of(charset)}, as its byte order mark says")


def _without_mark(body: bytes) -> str | None:
    """UTF-16 by its zeros: markup is ASCII, so that every other byte of it is one."""
    start = body[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < _ZEROS:
        return None
    if odd > 8 * even and b"<\0" in start:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd and b"\0<" in start else None


def _ascii(body: bytes, claims: _Claims) -> Decoded:
    for codec, is_escaped in (
        ("iso2022_jp", _JAPANESE_ESCAPE.search(body)),
        ("hz", claims.agrees("hz") and b"~{" in body),
    ):
        if is_escaped:
            text = body.decode(codec, "replace")
            if text.count("�") * 100 < len(text):
                return Decoded(text, codec, f"{name_of(codec)} by its escapes")
    return Decoded(body.decode("ascii"), "utf-8", "UTF-8: plain ASCII")


def _utf8(text: str, body: bytes, told: str) -> Decoded:
    if (mended := mend(text, body)) is not None:
        return Decoded(mended.text, "utf-8", f"UTF-8; {mended.how}")
    return Decoded(text, "utf-8", f"UTF-8, {told}" if told.startswith("as ") else f"UTF-8 by its bytes; {told}")


def _not_utf8(body: bytes, claims: _Claims) -> Decoded:
    pieces = weigh(body)
    if not _has_utf8(pieces):
        return _legacy(body, claims)
    if len(pieces.legacy.translate(None, bytes(range(128)))) >= _LEAST_LEGACY:
        guess = likeliest(pieces.legacy, claims.codecs, claims.languages)
        if guess.is_sure:
            mix = f"UTF-8 with pieces in {name_of(guess.codec)}; {claims.told('utf-8')}"
            return Decoded(decode_mixed(body, guess.codec), "utf-8", mix)
    return Decoded(decode_mixed(body, None), "utf-8", f"UTF-8 with broken bytes; {claims.told('utf-8')}")


def _has_utf8(pieces: Pieces) -> bool:
    legacy = len(pieces.legacy.translate(None, bytes(range(128))))
    if pieces.broken > max(2, _BROKEN_SHARE * pieces.utf8) and pieces.broken > pieces.utf8 / 4:
        return False
    return pieces.utf8 >= 2 * _LEAST_LEGACY and pieces.utf8 >= _UTF8_SHARE * (pieces.utf8 + legacy)


def _is_denied(declared: str, guess: Guess) -> bool:
    """Whether signs that are said to be Chinese, Japanese or Korean stand in a text whose words are of the other charset's languages."""
    return declared in MULTI_BYTE_CODECS and guess.codec not in MULTI_BYTE_CODECS and bool(guess.languages)


def _legacy(body: bytes, claims: _Claims) -> Decoded:
    guess = likeliest(body, claims.codecs, claims.languages)
    legacy = [codec for codec in claims.codecs if codec != "utf-8"]
    codec = legacy[0] if legacy and not guess.is_sure and not _is_denied(legacy[0], guess) else guess.codec
    told = claims.told(codec)
    if not claims.agrees(codec):
        spoken = f" and {', '.join(guess.languages)}" if guess.languages else ""
        told = f"by its letters{spoken}; {told}" if guess.is_sure else f"as what is left; {told}"
    return Decoded(body.decode(codec, "replace"), codec, f"{name_of(codec)}, {told}")
