"""The farm's server: one event loop on 127.0.0.1, reached as a proxy, with every answer kept once it is drawn."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.farm.pages import Answer, Pages
from benchmarks.farm.world import Site, World

CONTROL = "farm.control"
"""The host at which the farm itself is asked: /day?set=3, /counts, /flush."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer ready to be sent. head: without the blank line. etag, modified: as sent, empty where they are not."""

    status: int
    role: str
    head: bytes
    body: bytes
    etag: bytes = b""
    modified: bytes = b""


class Farm:
    """The state of a running farm: its day, what it has drawn, and what it was asked.

    log: file of the requests, a line each: seconds of `time.monotonic`, day, host, target, status, role, bytes; by tabs.
    """

    def __init__(self, world: World, log: Path) -> None:
        self.world = world
        self.pages = Pages(world)
        self.day = 0
        self.counts: Counter[str] = Counter()
        self._drawn: dict[tuple[str, str, bool], Drawn] = {}
        self._log = log.open("w", encoding="utf-8")

    def warm(self) -> int:
        """Draw all articles of the day before anybody asks, so that drawing costs no crawl anything; how many they are."""
        number = 0
        for site in self.world.sites:
            for article in self.world.live(site, self.day):
                self.draw(site, site.host, self.pages.path(site, article), gzips=True)
                number += 1
        return number

    def draw(self, site: Site, host: str, target: str, *, gzips: bool) -> Drawn:
        """The answer to a request without conditions."""
        key = (host, target, gzips and site.gzips)
        if key not in self._drawn:
            self._drawn[key] = _drawn(site, self.pages.answer(site, host, target, self.day), gzips=key[2])
        return self._drawn[key]

    def respond(self, host: str, target: str, headers: dict[bytes, bytes]) -> Drawn | None:
        """The answer to a request, None where the connection ends without one."""
        at = time.monotonic()
        answer = self._decide(host, target, headers)
        status, role, size = (answer.status, answer.role, len(answer.body)) if answer else (0, "down", 0)
        self.counts[role] += 1
        self._log.write(f"{at:.6f}\t{self.day}\t{host}\t{target}\t{status}\t{role}\t{size}\n")
        return answer

    def _decide(self, host: str, target: str, headers: dict[bytes, bytes]) -> Drawn | None:
        site = self.world.by_host.get(host)
        if site is None:
            return _plain(502, "unknown", f"no such host on the farm: {host}\n".encode())
        down = self.world.state(site, self.day).down
        if down == "silent":
            return None
        if down:
            return _plain(503, "down", b"Service Unavailable\n")
        drawn = self.draw(site, host, target, gzips=b"gzip" in headers.get(b"accept-encoding", b""))
        if drawn.status == 200 and _is_known(drawn, headers):
            return Drawn(304, drawn.role, drawn.head, b"")
        return drawn

    def control(self, target: str) -> bytes:
        """Do what the control URL says, and answer with JSON."""
        url = urlsplit(target)
        if url.path == "/day":
            self.day = int(parse_qs(url.query)["set"][0])
            self._drawn.clear()
        elif url.path == "/reset":
            self.counts.clear()
            self._log.seek(0)
            self._log.truncate()
        self._log.flush()
        return json.dumps({"day": self.day, "counts": self.counts}).encode()


def _drawn(site: Site, answer: Answer, *, gzips: bool) -> Drawn:
    body = answer.body.encode()
    fields = [b"Server: farm", b"Content-Type: " + answer.content_type.encode()]
    etag = modified = b""
    if answer.location:
        fields.append(b"Location: " + answer.location.encode())
    if answer.status == 200 and "etag" in site.sends:
        etag = b'"' + hashlib.sha256(body).hexdigest()[:16].encode() + b'"'
        fields.append(b"ETag: " + etag)
    if answer.status == 200 and "last-modified" in site.sends and answer.modified:
        modified = _http_date(answer.modified)
        fields.append(b"Last-Modified: " + modified)
    if gzips and answer.status == 200:
        body = gzip.compress(body, 6, mtime=0)
        fields += [b"Content-Encoding: gzip", b"Vary: Accept-Encoding"]
    return Drawn(answer.status, answer.role, b"\r\n".join(fields), body, etag, modified)


def _plain(status: int, role: str, body: bytes) -> Drawn:
    return Drawn(status, role, b"Content-Type: text/plain", body)


def _http_date(day: date) -> bytes:
    return format_datetime(datetime(day.year, day.month, day.day, 6, tzinfo=UTC), usegmt=True).encode()


def _is_known(drawn: Drawn, headers: dict[bytes, bytes]) -> bool:
    """Whether the asker has this already: If-None-Match goes before If-Modified-Since (RFC 9110, 13.2.2)."""
    if b"if-none-match" in headers:
        return bool(drawn.etag) and drawn.etag in headers[b"if-none-match"].replace(b"W/", b"")
    if b"if-modified-since" in headers and drawn.modified:
        try:
            return parsedate_to_datetime(drawn.modified.decode()) <= parsedate_to_datetime(
                headers[b"if-modified-since"].decode()
            )
        except ValueError:
            return False
    return False


class Connection(asyncio.Protocol):
    """One connection of a client: requests one after the other, bodies of requests not expected."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head, self._waiting = self._waiting[:end], self._waiting[end + 4 :]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        assert self._transport is not None
        first, *lines = head.split(b"\r\n")
        method, url, _ = first.decode("latin-1").split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        if url.startswith("http://"):
            host, slash, rest = url[7:].partition("/")
            target = slash + rest or "/"
        else:
            host, target = headers.get(b"host", b"").decode("latin-1"), url
        host = host.partition(":")[0].lower()
        if method == "CONNECT":
            answer: Drawn | None = _plain(501, "connect", b"http:// only\n")
        elif host == CONTROL:
            answer = Drawn(200, "control", b"Content-Type: application/json", self._farm.control(target))
        else:
            answer = self._farm.respond(host, target, headers)
        if answer is None:
            self._transport.close()
            return
        length = b"" if answer.status == 304 else b"\r\nContent-Length: %d" % len(answer.body)
        status = b"HTTP/1.1 %d %s\r\n" % (answer.status, HTTPStatus(answer.status).phrase.encode())
        body = b"" if method == "HEAD" else answer.body
        self._transport.write(status + answer.head + length + b"\r\n\r\n" + body)


async def serve(farm: Farm, port: int, ready: asyncio.Future[int] | None = None) -> None:
    """Serve until cancelled. ready: gets the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(farm), "127.0.0.1", port, backlog=512)
    if ready is not None:
        ready.set_result(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()
