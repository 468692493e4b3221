"""Text that was decoded wrongly before it was sent: noticed, and undone where what comes out is clearly text.

Two accidents are common. UTF-8 was read as windows-1252 or windows-1251 and written again, maybe twice ("rÃ©seau", "РџСЂРёРІРµС‚"); or
a legacy charset was read as windows-1252 ("Ïðèâåò", "ÇáÓáÇã"). In both the page is valid UTF-8 and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from scraper.reading.alphabets import MULTI_BYTE, SINGLE_BYTE
from scraper.reading.labels import name_of
from scraper.reading.legacy import Letters
from scraper.reading.scripts import script_of

_ASCII: Final = bytes(range(128))
_GATE: Final = re.compile(
    rb"\xc3(?:[\x82-\x9f]\xc2[\x80-\xbf]|[\xa0-\xb4](?:\xc2[\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xc5[\x80-\xbf]){2}"
    rb"|[\x80-\xbf](?:\xc3[\x80-\xbf]){3})"
)
_GATE_1251: Final = re.compile(
    rb"\xd0(?:[\x92-\xbf](?:\xc2[\xa4\xa6-\xaa\xac-\xb7\xb9\xba]"
    rb"|\xd0[\x82\x83\x85\x89-\x8d\x8f]|\xe2(?:\x80[\xa0-\xa2\xb0-\xba]|\x82\xac|\x84\xa2))"
    rb"|[\xa0\xa1]\xe2\x80|\x93\xd1[\x90-\x9f])"
)
"""What windows-1252 makes of UTF-8 and of legacy letters; and windows-1251: a letter before a sign, or before one of no Russian word."""
_GATE_LOST: Final = re.compile(rb"\xef\xbf\xbd")
_GATE_BYTES: Final = 50_000
_ROUNDS: Final = 3
_LEAST_PAIRS, _MOST_OF_FOREIGN = 4, 0.6
"""Garbled characters, and their share of all beyond ASCII, from which single ones ("Ã©") are believed. Whole words need less."""
_WORDS, _LEAST_WORD = 2, 3
_LEAST_FIT: Final = 0.6
_LEAST_LETTERS: Final = 20
_ACCENTED: Final = re.compile(r"[À-ÖØ-öø-ÿ]{4}")
_NODE: Final = re.compile(r"[^<>]+")
_SAMPLE: Final = 6000
_LOST: Final = re.compile(r"пїЅ|ï¿½|�")
_MANY_LOST: Final = 10


@dataclass(frozen=True, slots=True)
class Mended:
    """text: as it was meant. how: what had happened to it, or what looks wrong and could not be undone."""

    text: str
    how: str


def mend(text: str, body: bytes) -> Mended | None:
    """The text of a page in UTF-8 as it was meant, None where nothing is wrong with it. body: its bytes, which are quicker to look at."""
    foreign = body.translate(None, _ASCII)[:_GATE_BYTES]
    if not (_is_frequent(_GATE, body) or _is_frequent(_GATE_1251, foreign) or _is_frequent(_GATE_LOST, foreign)):
        return None
    if (mended := _undo_legacy(text)) is not None:
        return mended
    for codec in ("cp1252", "cp1251"):
        if (mended := _undo_utf8(text, codec)) is not None:
            return mended
    return _tell_lost(text)


def _is_frequent(gate: re.Pattern[bytes], among: bytes) -> bool:
    """Whether bytes match a pattern some times: most pages are done with here."""
    return len(list(islice(gate.finditer(among), _LEAST_PAIRS))) == _LEAST_PAIRS


def _undo_utf8(text: str, codec: str) -> Mended | None:
    """Undo UTF-8 that was read as `codec`, as often as that happened."""
    mended, rounds = text, 0
    while rounds < _ROUNDS and _is_garbled(mended, codec):
        mended = _undo(mended, codec)
        rounds += 1
    if mended == text:
        return None
    times = "" if rounds == 1 else f" {rounds} times"
    rest = "; some of it stays garbled" if _is_garbled(mended, codec) else ""
    return Mended(mended, f"mended: UTF-8 that was read as {name_of(codec)} and written again{times}{rest}")


@cache
def _bytes_by_sign(codec: str) -> dict[int, str]:
    """Each sign that a charset makes of a byte to U+0000 to U+00FF; bytes that it leaves open stay what they are."""
    signs = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256))
    return {ord(sign): chr(byte) for byte, sign in enumerate(signs)}


@cache
def _garbled(codec: str) -> re.Pattern[str]:
    """Matches a run of UTF-8 sequences as the charset shows them."""
    sign_of = {byte: chr(sign) for sign, byte in _bytes_by_sign(codec).items()}
    after, two, three, four = (
        "".join(re.escape(sign_of[chr(byte)]) for byte in each)
        for each in (range(0x80, 0xC0), range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))
    )
    return re.compile(rf"(?:[{two}][{after}]|[{three}][{after}]{{2}}|[{four}][{after}]{{3}}){{1,400}}")


def _as_meant(run: str, codec: str) -> str | None:
    raw = run.translate(_bytes_by_sign(codec)).encode("latin-1", "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _is_garbled(text: str, codec: str) -> bool:
    """Whether there are whole words of garbled signs, or single ones that are most of what is beyond ASCII."""
    words = pairs = signs = 0
    for match in _garbled(codec).finditer(text):
        if (meant := _as_meant(match[0], codec)) is None:
            continue
        pairs += len(meant)
        signs += len(match[0])
        words += len(meant) >= _LEAST_WORD and meant.isalpha() and len(set(map(script_of, meant))) == 1
    if words >= _WORDS:
        return True
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return pairs >= _LEAST_PAIRS and signs >= _MOST_OF_FOREIGN * foreign


def _undo(text: str, codec: str) -> str:
    text = _garbled(codec).sub(lambda match: _as_meant(match[0], codec) or match[0], text)
    # the second byte of these is a no-break space or none at all, and was lost on the way
    return text.replace("Ã ", "à ") if codec == "cp1252" else re.sub(r"(?<![А-я])Р\?|Р\?(?=[а-я])", "И", text)


def _undo_legacy(text: str) -> Mended | None:
    """Undo a legacy charset that was read as windows-1252. Nodes of the page without a whole word of accents are left as they are."""
    if len(_ACCENTED.findall(text)) < _WORDS:
        return None
    nodes = "\n".join(node for node in _NODE.findall(text) if _ACCENTED.search(node))[:_SAMPLE]
    raw = nodes.translate(_bytes_by_sign("cp1252")).encode("latin-1", "ignore")
    fits = {
        each.codec: Letters.of(raw.decode(each.codec, "replace")).fitness(each) - each.rare
        for each in (*SINGLE_BYTE, *MULTI_BYTE)
        if each.share < 0.9  # scripts other than Latin
    }
    codec = max(fits, key=lambda each: fits[each])
    if fits[codec] < _LEAST_FIT or sum(byte > 0xBF for byte in raw) < _LEAST_LETTERS:
        return None
    return Mended(
        _NODE.sub(_rereader(codec), text), f"mended: {name_of(codec)} that was read as windows-1252 and written again"
    )


def _rereader(codec: str) -> Callable[[re.Match[str]], str]:
    def reread(match: re.Match[str]) -> str:
        node = match[0]
        if not _ACCENTED.search(node):
            return node
        return node.translate(_bytes_by_sign("cp1252")).encode("latin-1", "replace").decode(codec, "replace")

    return reread


def _tell_lost(text: str) -> Mended | None:
    lost = len(_LOST.findall(text))
    return Mended(text, f"{lost} characters of it were lost before it was sent") if lost >= _MANY_LOST else None
