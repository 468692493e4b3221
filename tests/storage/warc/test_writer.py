from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import tempfile
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.warc import Exchange, WarcWriter, read_record, scan
from tests.storage.warc.exchanges import NOON, exchange

TOKENS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_", min_size=1, max_size=15).map(str.encode)
VALUES = st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")))
HEADERS = st.lists(st.tuples(TOKENS, VALUES), max_size=6)
URLS = st.one_of(
    st.text(max_size=60).map(lambda rest: f"http://u.example/{rest}"),
    st.text(max_size=60).map(lambda rest: f"https://{rest}u.example"),
)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=20_000)).map(
    lambda since: (NOON - since).astimezone(timezone(timedelta(hours=5)))
)
EXCHANGES = st.builds(
    Exchange,
    url=URLS,
    method=st.sampled_from(["GET", "POST", "GET\r\nX: y"]),
    request_headers=HEADERS,
    status=st.integers(100, 999),
    response_headers=HEADERS,
    body=st.binary(max_size=400),
    fetched_at=MOMENTS,
    source=st.none() | st.text(min_size=1, max_size=10),
    role=st.none() | st.sampled_from(["article", "entry"]),
    page_url=st.none() | URLS,
    ip_address=st.none() | st.just("127.0.0.1"),
)


def on_one_line(value: str | None) -> str | None:
    """What a header can hold of a value: one line of Unicode."""
    if value is None:
        return None
    line = value.encode("utf-8", "replace").decode().replace("\r", " ").replace("\n", " ")
    return line.strip() or None


def without_user(url: str | None) -> str | None:
    if url is None or "//" not in url:
        return url
    scheme, rest = url.split("//", 1)
    host = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return f"{scheme}//{rest[host.rfind('@') + 1 :]}"


@settings(max_examples=100, deadline=None)
@given(st.lists(EXCHANGES, min_size=1, max_size=3))
def test_every_exchange_comes_back(exchanges: list[Exchange]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with WarcWriter(folder, "run", software="test") as writer:
            refs = [writer.write(each) for each in exchanges]
        path = folder / refs[0].warc_file
        for ref, sent, found in zip(refs, exchanges, scan(path), strict=True):
            assert read_record(path, ref.offset) == found
            assert (found.offset, found.length) == (ref.offset, ref.length)
            assert (found.body, found.status, found.fetched_at) == (sent.body, sent.status, sent.fetched_at)
            assert found.sha256 == ref.sha256 == hashlib.sha256(sent.body).hexdigest()
            assert found.url == (on_one_line(without_user(sent.url)) or "")
            assert (found.source, found.role) == (on_one_line(sent.source), sent.role)
            assert found.page_url == on_one_line(without_user(sent.page_url))
            kept = {name.lower() for name, _ in sent.response_headers} - SECRET - {b"transfer-encoding"}
            assert set(found.headers) == {name.decode() for name in kept}
        check(path)


SECRET = {b"cookie", b"cookie2", b"set-cookie", b"set-cookie2", b"authorization", b"proxy-authorization"}


def check(path: Path) -> None:
    """What ``warcio check`` does: every digest, and the order of records, by another's reader."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise", no_record_parse=False):
            record.content_stream().read()
            assert record.digest_checker.passed is not False


def test_another_reader_reads_the_same(tmp_path: Path) -> None:
    body = "Ректор принял делегацию".encode("cp1251")
    with WarcWriter(tmp_path, "run", software="Elchi/test") as writer:
        writer.write(
            exchange(body=body, url="http://u.example/news?id=5", response_headers=[(b"Content-Type", b"text/html")])
        )
    path = tmp_path / writer.opened[0]
    with path.open("rb") as file:
        seen = []
        for record in ArchiveIterator(file, check_digests="raise"):
            seen.append((record.rec_type, record.content_stream().read(), record.rec_headers, record.http_headers))
    assert [kind for kind, *_ in seen] == ["warcinfo", "response", "request"]
    assert seen[1][1] == body
    assert seen[1][2]["WARC-Target-URI"] == "http://u.example/news?id=5"
    assert seen[1][2]["WARC-Date"] == "2026-11-01T12:00:00.000000Z"
    assert seen[1][3].statusline == "200 OK"
    assert seen[2][3].statusline == "/news?id=5 HTTP/1.1"
    assert seen[2][3].get_header("Host") == "u.example"
    assert seen[2][2]["WARC-Concurrent-To"] == seen[1][2]["WARC-Record-ID"]
    assert {each[2]["WARC-Warcinfo-ID"] for each in seen[1:]} == {seen[0][2]["WARC-Record-ID"]}
    assert b"software: Elchi/test" in seen[0][1]


def test_warcio_check_passes(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test", max_bytes=2000) as writer:
        for number in range(5):
            writer.write(exchange(body=bytes([number]) * 900, url=f"http://u.example/{number}"))
    files = [str(tmp_path / name) for name in writer.opened]
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    "secret",
    [
        {"request_headers": [(b"Cookie", b"hush")]},
        {"request_headers": [(b"AUTHORIZATION", b"Basic hush")]},
        {"request_headers": [(b"Proxy-Authorization", b"Basic hush")]},
        {"response_headers": [(b"set-cookie", b"PHPSESSID=hush"), (b"Set-Cookie2", b"hush")]},
        {"url": "http://me:hush@u.example/a"},
        {"url": "http://me@x:hush@u.example"},
        {"page_url": "http://me:hush@u.example/a"},
    ],
)
def test_no_secret_is_written(tmp_path: Path, secret: dict[str, object]) -> None:
    with WarcWriter(tmp_path, "run", software="test") as writer:
        writer.write(exchange(**secret))
    written = gzip.decompress((tmp_path / writer.opened[0]).read_bytes())
    assert b"hush" not in written
    assert b"u.example" in written


@pytest.mark.parametrize(
    ("url", "line", "host"),
    [
        ("http://u.example", b"GET / HTTP/1.1", b"u.example"),
        ("http://u.example:8080/a/b?c=d#e", b"GET /a/b?c=d HTTP/1.1", b"u.example:8080"),
        ("http://u.example?c=d", b"GET /?c=d HTTP/1.1", b"u.example"),
        ("http://u.example/a\r\nX-Evil: 1", b"GET /a  X-Evil: 1 HTTP/1.1", b"u.example"),
    ],
)
def test_the_request_as_it_was_asked(tmp_path: Path, url: str, line: bytes, host: bytes) -> None:
    with WarcWriter(tmp_path, "run", software="test") as writer:
        writer.write(exchange(url=url))
    written = gzip.decompress((tmp_path / writer.opened[0]).read_bytes())
    assert b"\r\n\r\n" + line + b"\r\nHost: " + host + b"\r\n" in written


def test_a_host_header_is_not_said_twice(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test") as writer:
        writer.write(exchange(request_headers=[(b"host", b"virtual.example")]))
    written = gzip.decompress((tmp_path / writer.opened[0]).read_bytes())
    assert written.lower().count(b"\r\nhost: ") == 1
    assert b"virtual.example" in written


def test_a_line_break_begins_no_header(tmp_path: Path) -> None:
    evil = [(b"X-A", b"1\r\nX-Evil: 1"), (b"X-B\r\nX-Evil", b"1"), (b"X-C", b"\r\n\r\nbody")]
    with WarcWriter(tmp_path, "run", software="test") as writer:
        ref = writer.write(exchange(response_headers=evil, body=b"the body", source="a\r\nWARC-Type: request"))
    found = read_record(tmp_path / ref.warc_file, ref.offset)
    assert "x-evil" not in found.headers
    assert found.body == b"the body"
    assert found.source == "a  WARC-Type: request"


def test_a_body_is_kept_in_its_encoding(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>news</p>" * 100)
    headers = [
        (b"Content-Encoding", b"gzip"),
        (b"Transfer-Encoding", b"chunked"),
        (b"Content-Length", b"%d" % len(body)),
    ]
    with WarcWriter(tmp_path, "run", software="test") as writer:
        ref = writer.write(exchange(response_headers=headers, body=body))
    path = tmp_path / ref.warc_file
    found = read_record(path, ref.offset)
    assert found.body == body
    assert found.headers == {"content-encoding": "gzip", "content-length": str(len(body))}
    with path.open("rb") as file:  # and a reader that replays it decodes it
        bodies = [record.content_stream().read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert bodies == [b"<p>news</p>" * 100]


def test_two_captures_of_one_page_have_two_dates(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test") as writer:
        refs = [writer.write(exchange(fetched_at=NOON + timedelta(microseconds=number))) for number in range(2)]
    moments = [read_record(tmp_path / ref.warc_file, ref.offset).fetched_at for ref in refs]
    assert moments == [NOON, NOON + timedelta(microseconds=1)]


def test_a_new_file_begins_once_one_is_full(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test", max_bytes=1500) as writer:
        refs = [writer.write(exchange(body=bytes(range(256)) * 3, url=f"http://u.example/{n}")) for n in range(6)]
        names = [ref.warc_file for ref in refs]
    assert writer.opened == sorted(set(names)) == sorted(path.name for path in tmp_path.iterdir())
    assert len(writer.opened) == 3
    for number, ref in enumerate(refs):
        assert read_record(tmp_path / ref.warc_file, ref.offset).url == f"http://u.example/{number}"
    assert all((tmp_path / name).stat().st_size >= 1500 for name in writer.opened[:-1])


def test_no_file_is_made_where_nothing_is_written(tmp_path: Path) -> None:
    with WarcWriter(tmp_path / "warc", "run", software="test") as writer:
        writer.sync()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_an_earlier_run_of_that_name_is_left_alone(tmp_path: Path) -> None:
    for number in range(2):
        with WarcWriter(tmp_path, "run", software="test") as writer:
            writer.write(exchange(url=f"http://u.example/{number}"))
            writer.close()
        writer.close()
    assert [each.url for path in sorted(tmp_path.iterdir()) for each in scan(path)] == [
        "http://u.example/0",
        "http://u.example/1",
    ]


def test_when_it_was_fetched_is_told_in_utc(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test") as writer:
        ref = writer.write(exchange(fetched_at=NOON))
    assert read_record(tmp_path / ref.warc_file, ref.offset).fetched_at.utcoffset() == timedelta(0)
