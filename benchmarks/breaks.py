"""Ways to break a page: each takes a random generator and a body, and gives another body."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.broken_words import date_words, json_value, noise, words
from benchmarks.sample_pages import seeds

LARGEST = 2_000_000
"""Bytes of a broken page: large enough for a loop in a loop to show, small enough to make many."""


def _place(random: Random, body: bytes) -> int:
    """Somewhere in a body, as a rule where a tag begins."""
    at = random.randrange(len(body) + 1)
    return body.find(b"<", at) if random.random() < 0.8 and body.find(b"<", at) >= 0 else at


def _put(random: Random, body: bytes, put: bytes) -> bytes:
    at = _place(random, body)
    return body[:at] + put + body[at:]


def _truncate(random: Random, body: bytes) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def _flip(random: Random, body: bytes) -> bytes:
    broken = bytearray(body)
    for _ in range(min(len(broken), random.choice((1, 10, 1000)))):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


def _lose(random: Random, body: bytes) -> bytes:
    start = _place(random, body)
    return body[:start] + body[_place(random, body[start:]) + start :] if body[start:] else body


def _repeat(random: Random, body: bytes) -> bytes:
    """A slice many times over."""
    start = _place(random, body)
    end = start + random.choice((5, 50, 500, 5000))
    times = min(random.choice((2, 20, 2000, 50_000)), LARGEST // max(1, len(body[start:end])))
    return body[:start] + body[start:end] * times + body[end:]


def _splice(random: Random, body: bytes) -> bytes:
    other = random.choice(seeds()).body
    return body[: _place(random, body)] + other[_place(random, other) :]


def _tag(random: Random, body: bytes) -> bytes:
    """Tags at places of their own."""
    for _ in range(random.choice((1, 5, 50))):
        name, attribute = random.choice(words("tags")), random.choice(words("attributes"))
        value = random.choice(("", noise(random, 20), date_words(random), *words("urls")[:4]))
        put = random.choice(
            (f"<{name}>", f"</{name}>", f"<{name} {attribute}='{value}'>", f"<{name} {attribute}=", f"<{name}/")
        )
        body = _put(random, body, put.encode("utf-8", "surrogatepass"))
    return body


def _nest(random: Random, body: bytes) -> bytes:
    names = [random.choice(words("tags")) for _ in range(random.choice((1, 1, 3)))]
    depth = random.choice((10, 200, 300, 3000, 30_000)) // len(names)
    opened = "".join(f"<{name}>" for name in names).encode() * depth
    closed = "".join(f"</{name}>" for name in reversed(names)).encode() * depth if random.random() < 0.5 else b""
    start = _place(random, body)
    end = _place(random, body[start:]) + start
    return body[:start] + opened + body[start:end] + closed + body[end:]


def _attribute(random: Random, body: bytes) -> bytes:
    letter, count = (
        random.choice((b"a", b" ", b"x ", b"&#", b"1,", b"\xd9\x80")),
        random.choice((1000, 100_000, 500_000)),
    )
    name = random.choice(words("attributes")).encode()
    return _put(
        random,
        body,
        b"<"
        + random.choice(words("tags")).encode()
        + b" "
        + name
        + b'="'
        + letter * count
        + random.choice((b'">', b"")),
    )


def _attributes(random: Random, body: bytes) -> bytes:
    many = " ".join(
        f"{random.choice(words('attributes'))}{number}={number}" for number in range(random.choice((10, 3000)))
    )
    return _put(random, body, f"<div {many}>".encode())


def _entities(random: Random, body: bytes) -> bytes:
    return _put(random, body, random.choice(words("entities")).encode() * random.choice((1, 10, 10_000)))


def _charset(random: Random, body: bytes) -> bytes:
    """Encoded again, and what it says of that is left as it was, or changed to something else."""
    text = body.decode("utf-8", "replace")
    again = (
        text.encode(random.choice(words("charsets")), random.choice(("replace", "ignore", "xmlcharrefreplace")))
        if random.random() < 0.7
        else body
    )
    if random.random() < 0.5:
        return f'<meta charset="{random.choice(words("declared"))}">'.encode() + again
    return random.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"+/v8")) + again


def _control(random: Random, body: bytes) -> bytes:
    signs = random.choice((words("controls"), words("bidi"), "\0"))
    for _ in range(random.choice((1, 100))):
        put = "".join(random.choice(signs) for _ in range(random.choice((1, 5, 300))))
        body = _put(random, body, put.encode("utf-8"))
    return body


def _letters(random: Random, body: bytes) -> bytes:
    return _put(random, body, f"<p>{noise(random, 3000)}</p>".encode("utf-8", "surrogatepass"))


def _json_ld(random: Random, body: bytes) -> bytes:
    put = json.dumps(json_value(random), ensure_ascii=random.random() < 0.5)
    if random.random() < 0.2:
        put = put[: random.randrange(len(put) + 1)]
    if random.random() < 0.1:
        put = random.choice(("[", '{"@graph":', '{"a":[')) * random.choice((100, 5000, 100_000))
    return _put(random, body, f'<script type="application/ld+json">{put}</script>'.encode("utf-8", "surrogatepass"))


def _dates(random: Random, body: bytes) -> bytes:
    shapes = (
        '<time datetime="{0}">{0}</time>',
        '<meta property="article:published_time" content="{0}">',
        "<span class=date>{0}</span>",
        "<p>{0}</p>",
        "<td>{0}",
        "{0} ",
    )
    for _ in range(random.choice((1, 20, 1000))):
        body = _put(random, body, random.choice(shapes).format(date_words(random)).encode())
    return body


def _table(random: Random, body: bytes) -> bytes:
    rows, columns = random.choice(((3, 3), (20, 3000), (3000, 3), (1, 50_000), (300, 100)))
    cell = random.choice(
        ("<td>", "<td>x", "<td colspan=99999999 rowspan=99999999>1", "<td><table>", "<th>12.3.2024</th>")
    )
    return _put(random, body, b"<table>" + (b"<tr>" + cell.encode() * columns) * rows)


def _many(random: Random, body: bytes) -> bytes:
    """Far too much of one small thing."""
    one = random.choice(
        (
            "<br>",
            "<a href=x>word</a> ",
            "<p>x",
            "<li>",
            "<h1>Title",
            "<!--",
            "]]>",
            "<p></p>",
            "word ",
            "a" * 100,
            "<b><i>",
            "<a>",
            "12.03.2024 ",
        )
    )
    return _put(random, body, one.encode() * random.choice((100, 5000, 40_000)))


def _nothing(random: Random, body: bytes) -> bytes:
    return random.choice(
        (
            b"",
            b" ",
            b"\0",
            b"<",
            b"<html",
            b"<!doctype html>",
            b"\xff" * 1000,
            b"%PDF-1.4",
            b"{}",
            b"<?xml version='1.0'?>",
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
        )
    )


Break = Callable[[Random, bytes], bytes]
BREAKS: Sequence[Break] = (
    *(
        _truncate,
        _flip,
        _lose,
        _repeat,
        _splice,
        _tag,
        _nest,
        _attribute,
        _attributes,
        _entities,
        _charset,
        _control,
        _letters,
    ),
    *(_json_ld, _json_ld, _dates, _dates, _table, _many, _nothing),
)
