"""A webhook is told when a person is needed, and nothing waits for it for long."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from elchi.notify import masked, post
from tests.crawl.command import Elchi
from tests.crawl.odd_web import Answer, OddWeb, says
from tests.crawl.sources import article, listing, write_source

SECRET = "T0P-SECRET"


class Hook(ThreadingHTTPServer):
    """A webhook on 127.0.0.1. told: path and object of each POST. answer: what it says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.answer: Answer = says(204)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/{SECRET}"

    def last(self) -> dict[str, Any]:
        """The only notice since it was last asked for."""
        ((path, notice),) = self.told
        assert path == f"/{SECRET}"
        self.told.clear()
        return notice


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/json"
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((self.path, json.loads(body)))
        self.server.answer(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Silence."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as hook:
        thread = Thread(target=hook.serve_forever, args=(0.05,))
        thread.start()
        yield hook
        hook.shutdown()
        thread.join()


def archive(home: Path, web: OddWeb, hook: str) -> Elchi:
    write_source(home / "catalogue", "uni", ("uni.example",), "http://uni.example/news")
    elchi = Elchi(home, home / "catalogue", web.proxy)
    return elchi.with_settings(ELCHI_NOTIFY=hook, no_proxy="127.0.0.1")


def site() -> dict[str, Answer]:
    return {"/news": says(200, listing("/news/1")), "/news/1": says(200, article("/news/1"))}


def test_a_person_is_told_what_broke_and_what_is_well_again(tmp_path: Path, hook: Hook) -> None:
    pages = site()
    with OddWeb({"uni.example": pages}) as web:
        elchi = archive(tmp_path, web, hook.url)
        elchi.crawl("--verbose")
        assert hook.told == [], "all is well"

        pages["/news"] = says(403)
        done = elchi.crawl("--verbose", code=1)
        assert SECRET not in done.out + done.err
        notice = hook.last()
        assert (notice["exit_code"], notice["run"], notice["reason"], notice["failed"]) == (1, 2, "finished", 1)
        assert notice["text"].startswith("elchi: Run 2, ")
        assert notice["text"].endswith(" minutes. Newly flagged: uni (blocked). See elchi health.")
        (flag,) = notice["newly_flagged"]["uni"]
        assert (flag["flag"], flag["example"], flag["last_well"]) == ("blocked", "http://uni.example/news", 1)
        assert [flag["captures"][when]["status"] for when in ("before", "after")] == [200, 403]
        assert notice["sources"]["uni"]["broken"]
        assert "forbidden" in notice["remedies"]

        printed = json.loads(elchi.crawl("--json", code=1).out)
        notice = hook.last()
        assert (notice["run"], notice["newly_flagged"], notice["well_again"]) == (3, {}, {}), "still broken"
        assert {**printed, "text": notice["text"]} == notice

        pages["/news"] = site()["/news"]
        assert elchi.crawl("--quiet").out == ""
        notice = hook.last()
        assert (notice["exit_code"], notice["newly_flagged"], notice["well_again"]) == (0, {}, {"uni": ["blocked"]})
        elchi.crawl()
        assert hook.told == []


def test_the_option_goes_before_the_setting(tmp_path: Path, hook: Hook) -> None:
    with OddWeb({}) as web:
        elchi = archive(tmp_path, web, "http://127.0.0.1:1/")
        done = elchi.crawl("--quiet", "--notify", hook.url, code=1)
    assert (hook.last()["exit_code"], done.err) == (1, "")


def test_an_archive_that_cannot_be_used_is_told(tmp_path: Path, hook: Hook) -> None:
    with OddWeb({}) as web:
        elchi = archive(tmp_path, web, hook.url).with_settings(ELCHI_DATABASE_URL="postgresql://127.0.0.1:1/none")
        done = elchi.crawl("--quiet", code=3)
    notice = hook.last()
    assert (notice["exit_code"], done.err) == (3, f"{notice['text']}\n")
    assert notice["error"] in notice["text"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [(says(500), "it answered 500"), (says(302, Location="http://127.0.0.1:1/"), "it answered 302")],
    ids=["error", "redirect"],
)
def test_a_webhook_that_does_not_take_it_changes_nothing(tmp_path: Path, hook: Hook, answer: Answer, why: str) -> None:
    hook.answer = answer
    with OddWeb({}) as web:
        done = archive(tmp_path, web, hook.url).crawl("--quiet", code=1)
    assert done.err == f"elchi: http://127.0.0.1/… was not told: {why}.\n"
    assert SECRET not in done.out
    assert hook.last()


def hangs(_: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def drips(handler: BaseHTTPRequestHandler) -> None:
    for letter in b"HTTP/1.1 200 OK":
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        time.sleep(0.2)


@pytest.mark.parametrize("answer", [hangs, drips])
def test_nothing_waits_for_a_webhook_that_hangs(hook: Hook, answer: Callable[..., None]) -> None:
    hook.answer = answer
    began = time.monotonic()
    assert post(hook.url, {"text": "x"}, seconds=0.5) in {"no answer within 0.5 seconds", "timed out", "TimeoutError"}
    assert time.monotonic() - began < 2
    assert hook.last() == {"text": "x"}


def test_nobody_there() -> None:
    assert "refused" in (post("http://127.0.0.1:1/", {}) or "")


@pytest.mark.parametrize(
    "url",
    [f"ftp://hooks.example/{SECRET}", f"file:///{SECRET}", f"https:///{SECRET}", f"https://me:{SECRET}@hooks.example/",
     f"http://hooks.example/ {SECRET}", f"http://hooks.example:{SECRET}/", f"http://[{SECRET}/", f"http://hooks.example/é{SECRET}"],
    ids=["ftp", "file", "no host", "password", "space", "port", "bracket", "letter"],
)  # fmt: skip
def test_an_address_that_cannot_be_asked_is_refused_before_the_crawl(tmp_path: Path, url: str) -> None:
    with OddWeb({}) as web:
        done = archive(tmp_path, web, "").crawl("--notify", url, code=2)
    assert "http or https" in done.err
    assert SECRET not in done.out + done.err
    assert not (tmp_path / "elchi.sqlite").exists()


def test_an_address_is_shown_without_its_secrets() -> None:
    assert masked(f"https://hooks.example:8443/{SECRET}?key={SECRET}#{SECRET}") == "https://hooks.example/…"
