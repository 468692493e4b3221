"""A web of sites that misbehave, served on 127.0.0.1 as an HTTP proxy that knows every host it was given."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]
"""Sends one answer, right or wrong."""


class OddWeb:
    """sites: by host (with its port where it is asked directly), the answer of each path; what is not there is 404.

    tls: what it speaks where it is asked by https://. asked: host and path of every request, in order.
    """

    def __init__(self, sites: Mapping[str, Mapping[str, Answer]], tls: ssl.SSLContext | None = None) -> None:
        self.sites = sites
        self.tls = tls
        self.asked: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.web = self
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
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
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def proxy(self) -> str:
        return f"http://{self.host}"

    def asked_of(self, host: str) -> list[str]:
        return [path for name, path in self.asked if name == host]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    web: OddWeb

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Crawlers that turn away in the middle of an answer are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        host = url.netloc or self.headers.get("Host", "")
        path = url.path + (f"?{url.query}" if url.query else "")
        self.server.web.asked.append((host, path))
        answer = self.server.web.sites.get(host, {}).get(path, says(404, "Not Found"))
        answer(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Silence: `asked` is the log."""


def says(status: int, body: str | bytes = "", content_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """A well-formed answer. Header names are written with _ for -."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moved(url: str) -> Answer:
    return says(302, "", Location=url)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Never answers."""
    time.sleep(30)


def grows(megabytes: int, *, announced: bool) -> Answer:
    """A page of so many MB, with Content-Length or until the connection is closed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", "text/html")
        if announced:
            handler.send_header("Content-Length", str(megabytes << 20))
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(megabytes):
            handler.wfile.write(b"x" * (1 << 20))

    return answer


def bomb(megabytes: int) -> Answer:
    """A small answer that holds so many MB."""
    member = gzip.compress(bytes(10 << 20), mtime=0)
    return says(200, member * (megabytes // 10), Content_Encoding="gzip")


def cut_short(body: str) -> Answer:
    """Promises twice as much as it sends."""
    data = body.encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(2 * len(data)))
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True

    return answer
