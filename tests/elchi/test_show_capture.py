"""What elchi show tells of a capture, after a crawl of a small site."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.command import COMMAND, ROOT, Elchi
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, write_source

PAGE = article("/news/1").replace("</article>", "<p>تفاهم‌نامه \x1b[2J</p></article>").replace("\n", "\r\n")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elchi]:
    home: Path = tmp_path_factory.mktemp("archive")
    write_source(home / "catalogue", "uni", ("uni.example",), "http://uni.example/news")
    page = says(200, gzip.compress(PAGE.encode(), mtime=0), Content_Encoding="gzip", X_Site="[bold]ours[/bold]")
    site = {
        "/news": says(200, listing("/news/1")),
        "/news/1": page,
        "/robots.txt": says(404, b"\xff\0", "image/x-icon"),
    }
    with OddWeb({"uni.example": site}) as web:
        elchi = Elchi(home, home / "catalogue", web.proxy)
        elchi.crawl()
        yield elchi


def capture_of(archive: Elchi) -> dict[str, Any]:
    capture: dict[str, Any] = json.loads(archive.run("show", "1", "--json").out)["capture"]
    return capture


def test_an_article_names_its_capture_and_the_capture_shows_the_page(archive: Elchi) -> None:
    number = capture_of(archive)["id"]
    assert f"capture:{number}, elchi-" in archive.run("show", "1").out
    done = archive.run("show", f"capture:{number}")
    assert done.code == 0, done
    head, _, page = done.out.partition("<!DOCTYPE html>")
    assert f"capture {number} of run 1, " in head
    assert "http://uni.example/news/1\n" in head
    assert "as it is\n" in head
    assert "x-site: [bold]ours[/bold]\n" in head
    assert "تفاهم‌نامه ␛[2J" in page, "what a site sends does not command the terminal"
    assert "\x1b" not in done.out
    assert "\r" not in done.out


def test_the_body_is_what_the_server_sent(archive: Elchi) -> None:
    for name in ("1", f"capture:{capture_of(archive)['id']}", "http://uni.example/news/1"):
        words = [*COMMAND, "show", name, "--body"]
        done = subprocess.run(words, env=archive.environment(), cwd=ROOT, capture_output=True, check=True)
        assert done.stdout == PAGE.encode()


def test_for_machines(archive: Elchi) -> None:
    capture = capture_of(archive)
    shown = json.loads(archive.run("show", f"capture:{capture['id']}", "--json").out)
    assert {name: shown[name] for name in capture} == capture
    assert (shown["body"], shown["headers"]["content-encoding"]) == (PAGE, "gzip")


def test_what_is_no_text_is_only_counted(archive: Elchi) -> None:
    done = archive.run("show", "capture:1")
    assert "/robots.txt" in done.out
    assert done.out.splitlines()[-1] == "2 bytes of image/x-icon: --body writes them."
    assert json.loads(archive.run("show", "capture:1", "--json").out)["body"] is None


def test_a_capture_that_was_tampered_with_is_told(archive: Elchi) -> None:
    number = capture_of(archive)["id"]
    with archive.database() as database, database.write() as session:
        from storage.models import Capture

        session.get_one(Capture, number).sha256 = sha256(b"another").hexdigest()
    assert "THE BYTES ARE OTHERS NOW" in archive.run("show", f"capture:{number}").out


def test_a_warc_file_that_is_gone_is_told(archive: Elchi) -> None:
    (file,) = (archive.home / "warc").glob("*.warc.gz")
    file.rename(file.with_suffix(".away"))
    done = archive.run("show", "1", "--body")
    file.with_suffix(".away").rename(file)
    assert (done.code, done.out) == (3, "")
    assert "Put it back from a copy" in done.err
