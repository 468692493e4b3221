"""One HTTP server on 127.0.0.1 for all sites: as a proxy (absolute request line) and by Host header."""

from __future__ import annotations

import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.sample_web.manifest import Row, manifest
from tests.sample_web.site import Answer, Request, Site
from tests.sample_web.sites import SITES

TODAY = date(2026, 11, 22)
_HOSTS = {host: site for site in SITES for host in site.hosts}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was answered. at: seconds of `time.monotonic` at its arrival. target: path and query as sent."""

    at: float
    method: str
    host: str
    target: str
    status: int
    headers: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.target}"


class SampleWeb:
    """The running sample web.

    today: the date that sites print as today's; may be changed while running. requests: everything that was asked.
    """

    def __init__(self, port: int = 0, today: date = TODAY) -> None:
        self.today = today
        self.requests: list[Asked] = []
        self._delay_seconds = 0.0
        self._down: set[str] = set()
        self._port = port

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), _Handler)
        self._server.web = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def manifest(self) -> list[Row]:
        return manifest()

    def set_delay(self, seconds: float) -> None:
        """Every answer from now on comes that much later."""
        self._delay_seconds = seconds

    def down(self, host: str) -> None:
        """The host answers 503 until `up`."""
        self._down.add(host)

    def up(self, host: str) -> None:
        self._down.discard(host)

    def answer(self, method: str, host: str, target: str, headers: Mapping[str, str]) -> Answer:
        """The answer to one request, and its record in `requests`. Header names in lower case."""
        at = time.monotonic()
        if self._delay_seconds:
            time.sleep(self._delay_seconds)
        answer = self._respond(host, target, headers)
        self.requests.append(Asked(at, method, host, target, answer.status, headers))
        return answer

    def _respond(self, host: str, target: str, headers: Mapping[str, str]) -> Answer:
        site = _HOSTS.get(host)
        if site is None:
            return Answer(502, f"no such host in the sample web: {host}\n".encode(), "text/plain; charset=utf-8")
        if host in self._down:
            return Answer(503, b"Service Unavailable\n", "text/plain")
        url = urlsplit(target)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        request = Request(host, url.path or "/", query, headers, self.today)
        return _finish(site, request, site.answer(request), self.today)


def _finish(site: Site, request: Request, answer: Answer, today: date) -> Answer:
    """Validators, 304, content encoding and the headers that every answer of the site has."""
    moment = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    fixed = [("Server", site.server), ("Date", format_datetime(moment, usegmt=True)), *answer.headers]
    validators = _validators(site, answer) if answer.status == 200 else {}
    fixed += validators.items()
    if _unchanged(request.headers, validators):
        return Answer(304, b"", answer.content_type, tuple(fixed))
    body = answer.body
    if site.gzips and answer.status == 200:
        fixed.append(("Vary", "Accept-Encoding"))
        if "gzip" in request.headers.get("accept-encoding", "") and answer.content_type.startswith("text/"):
            body = gzip.compress(body, mtime=0)
            fixed.append(("Content-Encoding", "gzip"))
    return Answer(answer.status, body, answer.content_type, tuple(fixed))


def _validators(site: Site, answer: Answer) -> dict[str, str]:
    validators = {}
    if "etag" in site.sends:
        validators["ETag"] = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
    if "last-modified" in site.sends:
        validators["Last-Modified"] = format_datetime(answer.modified.replace(microsecond=0), usegmt=True)
    return validators


def _unchanged(headers: Mapping[str, str], validators: Mapping[str, str]) -> bool:
    """Whether the asker has this already: If-None-Match goes before If-Modified-Since (RFC 9110, 13.2.2)."""
    if "if-none-match" in headers:
        known = {tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")}
        return validators.get("ETag") in known
    if "if-modified-since" in headers and "Last-Modified" in validators:
        try:
            since = parsedate_to_datetime(headers["if-modified-since"])
        except ValueError:
            return False
        return parsedate_to_datetime(validators["Last-Modified"]) <= since
    return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # the default of 5 makes a busy crawler wait a second for a lost SYN
    web: SampleWeb

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that is killed leaves broken pipes: they are expected, other faults are printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body leave as two writes: Nagle's wait would cost 40 ms an answer
    wbufsize = -1
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        host = (url.netloc or self.headers.get("Host", "")).rsplit("@", 1)[-1].split(":")[0].lower()
        target = self.path.split(url.netloc, 1)[1] if url.netloc else self.path
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.web.answer(self.command, host, target or "/", headers))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._send(Answer(405, b"", "text/plain", (("Allow", "GET, HEAD"),)))

    def do_CONNECT(self) -> None:
        self._send(Answer(501, b"https is not served here: use http:// addresses\n", "text/plain"))

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Silence: `SampleWeb.requests` is the log."""
