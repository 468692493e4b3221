"""Pages that are not of one piece: a UTF-8 template around text in a legacy charset, or the reverse, or a few broken bytes.

They are read piece by piece, a piece being what stands between two tags or within one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PIECE: Final = re.compile(rb"[^<>\r\n]+")
_LEAST_SURE: Final = 4
"""Characters beyond ASCII from which a piece that is valid UTF-8 is so by intent: short words of other charsets may be by chance."""
_WINDOWS_SIGNS: Final = dict(zip(b"\x85\x91\x92\x93\x94\x95\x96\x97", "…‘’“”•–—", strict=True))
"""Signs that all Windows charsets agree on. Text that was pasted from elsewhere brings them into UTF-8 pages."""
_MOST_REPAIRS: Final = 200


@dataclass(frozen=True, slots=True)
class Pieces:
    """How much of a page is what, in bytes beyond ASCII. legacy: the words of the pieces that have nothing of UTF-8."""

    utf8: int
    broken: int
    legacy: bytes


def weigh(body: bytes) -> Pieces:
    """Which share of a page that is not valid UTF-8 is in UTF-8."""
    utf8 = broken = 0
    legacy: list[bytes] = []
    for piece in _foreign(body):
        valid, invalid = _counts(piece)
        if not invalid:
            utf8 += len(_beyond_ascii(piece)) if valid >= _LEAST_SURE else 0
        elif 2 * valid >= invalid and valid >= _LEAST_SURE:
            utf8 += 2 * valid
            broken += invalid
        else:
            legacy.append(piece)
    return Pieces(utf8, broken, b" ".join(legacy))


def decode_mixed(body: bytes, legacy: str | None) -> str:
    """The text of a page whose pieces are in UTF-8 or in the charset `legacy`; without one, what is not UTF-8 becomes U+FFFD."""
    parts: list[str] = []
    end = 0
    for match in _PIECE.finditer(body):
        piece = match[0]
        if piece.isascii():
            continue
        parts += (body[end : match.start()].decode("ascii", "replace"), _decode_piece(piece, legacy))
        end = match.end()
    return "".join((*parts, body[end:].decode("ascii", "replace")))


def _decode_piece(piece: bytes, legacy: str | None) -> str:
    valid, invalid = _counts(piece)
    if not invalid:
        return piece.decode()
    if legacy is not None and (2 * valid < invalid or valid < _LEAST_SURE) and not _only_signs(piece):
        return piece.decode(legacy, "replace")
    return _with_signs(piece)


def _with_signs(piece: bytes) -> str:
    """A piece of UTF-8 whose stray bytes are read as the signs of Windows charsets, or become U+FFFD."""
    parts: list[str] = []
    for _ in range(_MOST_REPAIRS):
        try:
            return "".join((*parts, piece.decode()))
        except UnicodeDecodeError as error:
            parts += (piece[: error.start].decode(), _WINDOWS_SIGNS.get(piece[error.start], "�"))
            piece = piece[error.end :]
    return "".join((*parts, piece.decode("utf-8", "replace")))


def _only_signs(piece: bytes) -> bool:
    return all(byte in _WINDOWS_SIGNS or byte == 0xA0 for byte in _beyond_ascii(piece))


def _counts(piece: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII a piece has as UTF-8, and how many broken sequences."""
    text = piece.decode("utf-8", "replace")
    invalid = text.count("�") - piece.count(b"\xef\xbf\xbd")
    return len(text) - len(text.encode("ascii", "ignore")) - text.count("�"), invalid


def _beyond_ascii(piece: bytes) -> bytes:
    return piece.translate(None, bytes(range(128)))


def _foreign(body: bytes) -> Iterator[bytes]:
    return (piece for piece in _PIECE.findall(body) if not piece.isascii())
