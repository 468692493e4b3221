"""Done when 7: hostile pages, each as an article and, where that makes sense, as an entry point, beside a site that behaves.

Each gets a crawl of its own, so that what it costs is its own: seconds from its request to its outcome, memory, and for how long the
crawl left the other site alone.
"""

from __future__ import annotations

import gzip
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.contenders import ELCHI
from benchmarks.farm.client import ROOT
from benchmarks.measure import run
from tests.crawl.command import Elchi
from tests.crawl.odd_web import Answer, OddWeb, says
from tests.crawl.sources import article, listing, write_source

GOOD_ARTICLES = 30
GOOD_DELAY_SECONDS = 0.25
"""The good site takes eight seconds: a crawl that stands still in that time is seen."""

MOST_SECONDS, MOST_MEGABYTES = 30, 1000
LONGEST_SECONDS = 300.0
"""For how long an endless answer goes on."""

ANY_NUMBER = r"include = ['^/news/\d+$']"

Body = Callable[[], str | bytes]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A page that is made to exhaust who reads it. body: made anew each time. kind: "article", or of the entry point that it is.

    settings: environment variables of the crawl.
    """

    name: str
    kind: str
    answer: Callable[[], Answer]
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def slug(self) -> str:
        """The name of its source."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.kind} {self.name}".lower())

    @property
    def host(self) -> str:
        return f"{self.slug}.test"

    @property
    def path(self) -> str:
        """Where on its host it stands."""
        return {"article": "/news/2", "api": "/news?page=1"}.get(self.kind, "/news")

    def site(self) -> dict[str, Answer]:
        """What its host answers."""
        around = {"/news": says(200, listing("/news/1", "/news/2")), "/news/1": says(200, article(self.slug))}
        return {**around, self.path: self.answer()}

    def write(self, catalogue: Path, articles: str = ANY_NUMBER) -> None:
        """Its catalogue file. articles: the patterns of what is asked of all that it links to."""
        host = self.host
        entry = f'[[entry]]\nkind = "listing"\nurl = "http://{host}/news"\n'
        if self.kind == "api":
            entry = f'[[entry]]\nkind = "api"\nurl = "http://{host}/news?page={{page}}"\npage = "http://{host}/news/{{id}}"\npages = 1\n'
        elif self.kind != "article":
            entry = entry.replace('"listing"', f'"{self.kind}"')
        write_source(catalogue, self.slug, (host,), entry, articles=articles)


class _Log(list[tuple[str, str]]):
    """What was asked, and when by `time.monotonic`."""

    def __init__(self) -> None:
        self.times: list[tuple[float, str, str]] = []

    def append(self, asked: tuple[str, str]) -> None:
        """Note host and path of one more request."""
        self.times.append((time.monotonic(), *asked))
        super().append(asked)

    def of(self, host: str) -> list[tuple[float, str]]:
        """When which path of a host was asked, in order."""
        return [(at, path) for at, name, path in sorted(self.times) if name == host]


def _page(middle: str | bytes) -> bytes:
    """An article with a link and then something in its middle; as a listing it has that link."""
    head, end, tail = article("the middle of it").partition("</article>")
    head += '<ul><li><a href="/news/1">Guests from abroad visit the university</a></li></ul>'
    return head.encode() + (middle.encode() if isinstance(middle, str) else middle) + (end + tail).encode()


def _html(make: Body) -> Callable[[], Answer]:
    return lambda: says(200, _page(make()))


def _as_it_is(make: Body, content_type: str = "application/xml") -> Callable[[], Answer]:
    return lambda: says(200, make(), content_type)


def _stream(pieces: Callable[[], Iterator[bytes]]) -> Callable[[], Answer]:
    """A chunked answer, as long as the crawl listens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        with suppress(ConnectionError):
            for piece in pieces():
                handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.close_connection = True

    return lambda: answer


def _endless() -> Iterator[bytes]:
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        yield b"<p>And it went on and on without an end.</p>\n" * 20_000


def _one_byte_a_second() -> Iterator[bytes]:
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        yield b"x"
        time.sleep(1)


def _bomb(data: bytes) -> Callable[[], Answer]:
    """1 GB in 1 MB."""
    return lambda: says(200, gzip.compress(data * (10_000_000 // len(data)), mtime=0) * 100, Content_Encoding="gzip")


def _paragraphs(megabytes: int) -> Body:
    words = (
        "<p>"
        + "The rector said that the new laboratory would be opened in autumn, and that the students would come. " * 2
        + "</p>\n"
    )
    return lambda: words * (megabytes * 1_000_000 // len(words))


def _links() -> str:
    return "".join(f'<a href="/news/{number}">Piece of news {number}</a>\n' for number in range(10, 100_010))


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss><item><title>&l9;</title><link>/news/1</link></item></rss>'
    )


def _items(most: int) -> str:
    return "".join(f"<item><link>/news/{number}</link></item>" for number in range(1, most))


def _map_of_itself() -> str:
    return "<sitemapindex><sitemap><loc>/news</loc></sitemap><sitemap><loc>/news?again</loc></sitemap></sitemapindex>"


SHAPES: dict[str, Callable[[], Answer]] = {
    "20 MB of paragraphs": _html(_paragraphs(20)),
    "9 MB of paragraphs": _html(_paragraphs(9)),
    "300,000 breaks": _html(lambda: "<br>" * 300_000),
    "100,000 links": _html(_links),
    "100,000 deep": _html(lambda: "<div>" * 100_000),
    "100,000 deep lists": _html(lambda: "<ul><li>" * 100_000),
    "gzip bomb": _bomb(b"<p>And it went on and on without an end.</p>\n"),
    "endless answer": _stream(_endless),
    "one byte a second": _stream(_one_byte_a_second),
    "10 MB attribute": _html(lambda: f'<p title="{"x" * 9_990_000}">Words.</p>'),
    "invalid UTF-8": _html(lambda: b"\xff\xc0\x80\xed" * 2_000_000),
    "tags without an end": _html(
        lambda: "<p>" + "".join(f"<b id={n}>" for n in range(3000)) + "</p>" + "<p>x" * 100_000
    ),
}
"""By name, what is asked both as an article and as a listing."""

RAISED = (("ELCHI_PAGE_MEGABYTES", "25"),)

HOSTILE: tuple[Hostile, ...] = (
    *(Hostile(name, kind, answer) for name, answer in SHAPES.items() for kind in ("article", "listing")),
    *(Hostile("20 MB allowed", kind, SHAPES["20 MB of paragraphs"], RAISED) for kind in ("article", "listing")),
    Hostile("billion laughs", "feed", _as_it_is(_laughs)),
    Hostile("200,000 items", "feed", _as_it_is(lambda: f"<rss><channel>{_items(200_000)}</channel></rss>")),
    Hostile("gzip bomb", "feed", _bomb(b"<item><link>/news/1</link></item>")),
    Hostile("index of itself", "sitemap", _as_it_is(_map_of_itself)),
    Hostile("gzip bomb", "sitemap", _bomb(b"<url><loc>/news/1</loc></url>\n")),
    Hostile("100,000 deep", "api", _as_it_is(lambda: "[" * 100_000, "application/json")),
    Hostile("500,000 records", "api", _as_it_is(lambda: "[" + '{"id":1},' * 500_000 + '{"id":1}]', "application/json")),
)


def crawl_hostile(folder: Path) -> list[dict[str, Any]]:
    """A crawl of each hostile page beside the good site; what it ended in, and what it cost."""
    rows = []
    for hostile in HOSTILE:
        home = folder / hostile.slug
        rows.append(_crawl(hostile, home))
        shutil.rmtree(home)
    return rows


def _crawl(hostile: Hostile, home: Path) -> dict[str, Any]:
    catalogue = home / "sources"
    hostile.write(catalogue)
    write_source(catalogue, "good", ("good.test",), "http://good.test/news", delay=GOOD_DELAY_SECONDS)
    paths = [f"/news/{number}" for number in range(1, GOOD_ARTICLES + 1)]
    good = {"/news": says(200, listing(*paths)), **{path: says(200, article(f"good {path}")) for path in paths}}
    web = OddWeb({"good.test": good, hostile.host: hostile.site()})
    web.asked = log = _Log()
    with web:
        elchi = Elchi(home, catalogue, web.proxy, dict(hostile.settings))
        cost = run((*ELCHI, "crawl", "--quiet"), environment=elchi.environment(), folder=ROOT, log=home / "crawl.log")
    source, records = elchi.ledger()["sources"][hostile.slug], elchi.export()
    asked = log.of(hostile.host)
    ended = asked[0][0] + source["seconds"]
    times = [at for at, path in asked if path == hostile.path]
    if hostile.kind != "article":  # it ends where what it lists is asked
        ended = min((at for at, path in asked if at > times[-1] and path != hostile.path), default=ended)
    return {
        "kind": hostile.kind,
        "name": hostile.name,
        "outcome": ", ".join(source["failures"]) or "read",
        "tries": len(times),
        "seconds": ended - times[-1],
        "followed": len(asked) - len(times),
        "main": cost.main_peak,
        "reader": cost.worker_peak,
        "silence": max(later - earlier for (earlier, _), (later, _) in pairwise(log.of("good.test"))),
        "good_kept": sum(record["source"] == "good" for record in records),
        "code": cost.code,
    }
