"""Real sites as others captured them, crawled from a mirror on this machine."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from parsel import Selector

from storage.identity import page_key
from tests.crawl.command import ROOT, Elchi
from tests.crawl.evidence import assert_sound
from tests.crawl.sources import write_source

SHARED = ROOT.parent / "shared"
SERVER = SHARED / "tools" / "serve_mirrors.py"
PEOPLE = "http://house.gov.by/ru/deputies-ru/indexPerson/curr_conv"

pytestmark = [
    pytest.mark.xdist_group("mirrors"),
    pytest.mark.skipif(
        not SERVER.exists(), reason=f"{SERVER.parent.parent.name}/ with its mirrors is not beside the repository"
    ),
]


@dataclass(frozen=True)
class Mirror:
    """What the manifest of a mirrored host says, page by page."""

    host: str

    @property
    def folder(self) -> Path:
        return SHARED / "mirrors" / self.host

    def pages(self, *kinds: str) -> dict[str, dict[str, Any]]:
        lines = (self.folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        return {page_key(row["url"]): row for row in map(json.loads, lines) if row["kind"] in kinds}

    def linked(self, *kinds: str) -> dict[str, dict[str, Any]]:
        """The pages of these kinds that the listing pages link to."""
        wanted, links = self.pages(*kinds), set()
        for row in self.pages("listing").values():
            page = Selector((self.folder / row["file"]).read_bytes().decode("utf-8", "replace"))
            links |= {
                page_key(urljoin(row["url"], href))
                for href in page.css("a::attr(href)").getall()
                if "mailto:" not in href
            }
        return {key: row for key, row in wanted.items() if key in links}


WHITE_HOUSE, HOUSE, KENESH, NWHEAP = map(Mirror, ("www.whitehouse.gov", "house.gov.by", "www.kenesh.kg", "nwheap.com"))


@dataclass(frozen=True)
class Crawl:
    elchi: Elchi
    records: dict[str, list[dict[str, Any]]]
    ledger: dict[str, Any]

    def by_key(self, source: str) -> dict[str, dict[str, Any]]:
        """Each record under all of its pages: its own and its copies."""
        records = self.records.get(source, [])
        return {page_key(each["url"]): record for record in records for each in (record, *record["copies"])}


def write_catalogue(folder: Path) -> None:
    """As anybody would write it for these hosts, with the pause of a real source."""
    listings = "".join(
        f'[[entry]]\nkind = "listing"\nurl = "{row["url"].replace("https:", "http:")}"\npages = 1\n\n'
        for row in WHITE_HOUSE.pages("listing").values()
    )
    dated = r"include = ['^/(the-press-office|blog)/\d{4}/\d\d/\d\d/.']"
    write_source(folder, "whitehouse", ("www.whitehouse.gov",), listings, articles=dated, languages='["en"]', delay=5)
    people = "".join(
        f'[[entry]]\nkind = "listing"\nurl = "{PEOPLE}/{number}/page/2"\npage_url = "{PEOPLE}/{number}/page/{{page}}"\nfirst_page = 2\n\n'
        for number in (14, 15)
    )
    write_source(
        folder,
        "house",
        ("house.gov.by",),
        people,
        articles="pages = ['^/ru/deputies-ru/view/.']",
        languages='["ru", "be"]',
        delay=5,
    )
    lists = "".join(
        f'[[entry]]\nkind = "listing"\nurl = "http://www.kenesh.kg/{language}/deputy/list/35"\nlanguage = "{language}"\n\n'
        for language in ("ky", "ru")
    )
    write_source(
        folder,
        "kenesh",
        ("www.kenesh.kg",),
        lists,
        articles="pages = ['^/(ky|ru)/deputy/show/']",
        languages='["ky", "ru"]',
        delay=5,
    )
    category = "http://nwheap.com/category/meet-minutes-and-agendas/"
    write_source(
        folder,
        "nwheap",
        ("nwheap.com",),
        category,
        articles=r"include = ['^/events/[a-z0-9-]+/$']",
        languages='["en"]',
        delay=5,
    )


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(SERVER), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            assert "hosts on" in process.stdout.readline()
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def crawl(proxy: str, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    home = tmp_path_factory.mktemp("mirrors")
    write_catalogue(home / "catalogue")
    elchi = Elchi(home, home / "catalogue", proxy).with_settings(
        https_proxy=proxy, ELCHI_MIRROR=1, ELCHI_CONTACT="test@example.org"
    )
    elchi.crawl(code=None)
    records: dict[str, list[dict[str, Any]]] = {}
    for record in elchi.export():
        records.setdefault(record["source"], []).append(record)
    return Crawl(elchi, records, elchi.ledger(1))


def is_headline(title: str, whole_title: str) -> bool:
    """Whether a title is that of the page without the site's name; manifests hold the first 160 characters of it."""
    return f"{title} | whitehouse.gov"[:160].strip() == whole_title.strip()


def date_in(url: str) -> str:
    match = re.search(r"/(\d{4})/(\d\d)/(\d\d)/", url)
    assert match is not None
    return "-".join(match.groups())


def test_news_of_the_white_house(crawl: Crawl) -> None:
    """At least 71 of the 72 articles that its 14 listing pages link to, with the headline as title and the date of the address."""
    linked, stored = WHITE_HOUSE.linked("article"), crawl.by_key("whitehouse")
    assert len(linked) == 72
    wrong = {}
    for key, row in linked.items():
        record = stored.get(key)
        facts = record and (record["kind"], record["published"] and record["published"]["date"])
        if facts != ("article", date_in(row["url"])) or not is_headline(record["title"], row["title"]):
            wrong[key] = (facts, record and record["title"])
    assert len(wrong) <= 1, f"{len(linked) - len(wrong)} of 72 right\n" + "\n".join(
        f"{key}: {why}" for key, why in wrong.items()
    )


def test_no_listing_of_the_white_house_is_stored(crawl: Crawl) -> None:
    stored = crawl.by_key("whitehouse")
    assert not stored.keys() & WHITE_HOUSE.pages("listing").keys()
    assert {record["kind"] for record in stored.values()} == {"article"}


def test_people_of_the_house_through_paginated_lists(crawl: Crawl) -> None:
    stored = crawl.by_key("house")
    captured = {key for key in HOUSE.linked("other") if key in stored}
    with_first_pages = len(HOUSE.linked("other"))  # the mirror has both lists from their second page on
    assert len(captured) >= with_first_pages - 20, f"{len(captured)} of {with_first_pages}"
    assert Counter(stored[key]["language"] for key in captured) == {"ru": len(captured)}
    assert {record["kind"] for record in stored.values()} == {"page"}


def test_people_of_kenesh_in_kyrgyz(crawl: Crawl) -> None:
    stored, linked = crawl.by_key("kenesh"), KENESH.linked("other")
    assert len(linked) == 60
    missing = linked.keys() - stored.keys()
    assert not missing, f"{60 - len(missing)} of 60"
    languages = Counter(stored[key]["language"] for key in linked)
    assert languages == {"ky": 60}


def test_posts_of_nwheap_are_found_by_its_listing(crawl: Crawl) -> None:
    """With links that say https."""
    stored, linked = crawl.by_key("nwheap"), NWHEAP.linked("article")
    assert len(linked) == 7
    assert linked.keys() <= stored.keys(), f"{len(linked.keys() & stored.keys())} of 7"
    assert not stored.keys() & NWHEAP.pages("listing").keys()


def test_the_archive_of_the_mirrors_is_sound(crawl: Crawl) -> None:
    assert_sound(crawl.elchi)


@pytest.mark.parametrize(
    "proxies",
    [
        {},
        {"https_proxy": "http://198.51.100.7:80"},
        {"https_proxy": "http://127.0.0.1:9", "no_proxy": "nwheap.com"},
    ],
    ids=["http only", "not on this machine", "with exceptions"],
)
def test_a_mirror_must_answer_everything(tmp_path: Path, proxies: dict[str, str]) -> None:
    """Else a real server could be hurried."""
    write_catalogue(tmp_path / "catalogue")
    elchi = Elchi(tmp_path, tmp_path / "catalogue", "http://127.0.0.1:9").with_settings(
        ELCHI_MIRROR=1, ELCHI_CONTACT="test@example.org", **proxies
    )
    done = elchi.crawl(code=2)
    assert "ELCHI_MIRROR" in done.err
    assert "Traceback" not in done.err
