"""Content encodings are undone as browsers undo them, within a bound."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.decoding import decode_body
from scraper.errors import BrokenEncoding

TEXT = b"Visit of a delegation to the university. " * 200
ROOM = len(TEXT)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def gzipped(data: bytes) -> bytes:
    """Without the time of day, which would be in the names of the tests."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (None, TEXT),
        ("identity", TEXT),
        ("gzip", gzipped(TEXT)),
        ("x-gzip", gzipped(TEXT)),
        (" GZIP ", gzipped(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, 9)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip", gzipped(TEXT[:500]) + gzipped(TEXT[500:])),
        ("gzip", gzipped(TEXT) + b"\0\0 what a server left behind"),
        ("deflate, gzip", gzipped(zlib.compress(TEXT))),
        ("gzip", zlib.compress(TEXT)),
    ],
)
def test_what_was_encoded_comes_back(encoding: str | None, body: bytes) -> None:
    assert decode_body(body, encoding, ROOM) == TEXT


@given(
    st.binary(max_size=5000),
    st.sampled_from([("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate)]),
)
def test_encoding_and_decoding_are_inverse(data: bytes, way: tuple[str, object]) -> None:
    name, encode = way
    assert decode_body(encode(data), name, 5000) == data  # type: ignore[operator]


@pytest.mark.parametrize("encode", [gzip.compress, zlib.compress, raw_deflate])
def test_a_body_that_is_cut_short_is_given_as_far_as_it_goes(encode: object) -> None:
    body = encode(TEXT)  # type: ignore[operator]
    part = decode_body(body[: len(body) * 2 // 3], "gzip" if encode is gzip.compress else "deflate", ROOM)
    assert part
    assert TEXT.startswith(part)
    assert len(part) < len(TEXT)


@pytest.mark.parametrize("encode", [gzip.compress, zlib.compress, raw_deflate])
def test_a_body_that_grows_beyond_the_bound_is_refused(encode: object) -> None:
    body = encode(bytes(50_000_000))  # type: ignore[operator]
    assert len(body) < 100_000
    with pytest.raises(BrokenEncoding, match="grows beyond 1000 bytes"):
        decode_body(body, "gzip" if encode is gzip.compress else "deflate", 1000)


def test_many_members_are_bounded_together() -> None:
    with pytest.raises(BrokenEncoding, match="grows beyond"):
        decode_body(gzip.compress(bytes(400)) * 3, "gzip", 1000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, br"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(BrokenEncoding, match="which was not asked for"):
        decode_body(gzipped(TEXT), encoding, ROOM)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_is_not_encoded_at_all_is_refused(encoding: str) -> None:
    with pytest.raises(BrokenEncoding, match="not compressed as it says"):
        decode_body(b"<html>plain</html>", encoding, ROOM)


def test_a_plain_body_is_bounded_too() -> None:
    with pytest.raises(BrokenEncoding, match="larger than 10 bytes"):
        decode_body(TEXT, None, 10)
