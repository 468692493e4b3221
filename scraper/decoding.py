"""Undoes a content encoding, within a bound: a small answer may hold gigabytes."""

from __future__ import annotations

import zlib

from scraper.errors import BrokenEncoding

GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
RAW_DEFLATE = -zlib.MAX_WBITS


def decode_body(body: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """The body as the page's author wrote it. content_encoding: the header's value, None for none.

    Raises `BrokenEncoding` where the bytes are something else, or would be more than `max_bytes`. A body that is cut short is given
    as far as it goes, as browsers do.
    """
    for encoding in reversed([name.strip().lower() for name in (content_encoding or "").split(",")]):
        if encoding in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body, max_bytes)
        elif encoding not in {"", "identity"}:
            raise BrokenEncoding(f"the answer came in the encoding {encoding!r}, which was not asked for")
    if len(body) > max_bytes:
        raise BrokenEncoding(f"the page is larger than {max_bytes} bytes")
    return body


def _inflate(body: bytes, max_bytes: int) -> bytes:
    window = GZIP_OR_ZLIB if body[:2] == b"\x1f\x8b" or body[:1] in {b"\x78", b"\x58"} else RAW_DEFLATE
    parts, room, rest = [], max_bytes + 1, body
    try:
        while rest and room > 0:  # several gzip members may follow each other
            inflate = zlib.decompressobj(window)
            part = inflate.decompress(rest, room)
            parts.append(part)
            room -= len(part)
            if inflate.unconsumed_tail or not inflate.eof:
                break
            rest = inflate.unused_data if window == GZIP_OR_ZLIB and inflate.unused_data[:2] == b"\x1f\x8b" else b""
    except zlib.error as error:
        if not parts:
            raise BrokenEncoding(f"the answer is not compressed as it says: {error}") from error
    if room <= 0:
        raise BrokenEncoding(f"the answer grows beyond {max_bytes} bytes when it is decompressed")
    return b"".join(parts)
