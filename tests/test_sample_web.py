"""The sample web answers as its docstrings say, and its manifest says what its pages carry."""

from __future__ import annotations

import dataclasses
import gzip
import html
import http.client
import json
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from parsel import Selector

from spiders.catalogue import Api, Entry, Listing, Source, load_catalogue
from tests.sample_web import Row, SampleWeb, manifest
from tests.sample_web.site import Site
from tests.sample_web.sites import SITES

HERE = Path(__file__).parent / "sample_web"
ROWS = manifest()
ARTICLES = [row for row in ROWS if row["kind"] == "article"]
CHARSETS = {"jamia": "cp1256", "daxue": "gbk"}
API = "http://saulyqapi.example/api/v1/public/content-manager/news"


class Got(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def get(web: SampleWeb, url: str, method: str = "GET", **headers: str) -> Got:
    """Ask through the proxy. Header names are written with _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", int(web.proxy.rsplit(":", 1)[1]), timeout=10)
    try:
        connection.request(method, url, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def follow(web: SampleWeb, url: str) -> Got:
    """The answer after at most one redirect."""
    got = get(web, url)
    return get(web, got.headers["Location"]) if got.status == 301 else got


def articles_of(site: str) -> list[Row]:
    return [row for row in ARTICLES if row["site"] == site]


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb() as running:
        yield running


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Source]:
    return dict(load_catalogue([HERE / "catalogue"]))


site_cases = pytest.mark.parametrize("site", SITES, ids=lambda site: site.slug)


# The pages say what the manifest says


def test_dates_of_the_manifest_are_as_the_sites_say_them() -> None:
    calendars = {(row["site"], row["calendar"]) for row in ARTICLES if row["published"]}
    assert {pair for pair in calendars if pair[1] != "gregorian"} == {("tabib", "persian"), ("jamia", "islamic")}
    silent = [row for row in ARTICLES if row["published"] is None]
    assert {row["site"] for row in silent} == {"densaulyq"}
    assert all(row["modified"] and row["published_at"] is None and row["calendar"] is None for row in silent)
    assert {row["published_at"] for row in articles_of("tabib")} >= {"2026-11-15T07:02:00Z", None}


@site_cases
def test_every_address_of_an_article_carries_its_title_and_text(web: SampleWeb, site: Site) -> None:
    for row in articles_of(site.slug):
        for address in row["addresses"]:
            identity = re.search(r"details/(\d+)", address)
            got = follow(web, f"{API}/{identity[1]}" if identity else address)
            assert got.status == 200, address
            page = got.body.decode(CHARSETS.get(site.slug, "utf-8"))
            text = json.loads(page)["title"] + json.loads(page)["body"] if identity else page
            at = [html.unescape(text).find(part) for part in (row["title"], *row["text"].split("\n\n"))]
            assert at == sorted(at), address
            assert -1 not in at, address


@site_cases
def test_no_other_page_carries_an_articles_text(web: SampleWeb, site: Site) -> None:
    others = [row for row in ROWS if row["kind"] != "article" and row["site"] == site.slug]
    texts = [part for row in articles_of(site.slug) for part in row["text"].split("\n\n")[1:]]
    assert others
    for row in others:
        for address in row["addresses"]:
            got = get(web, address)
            assert got.status == 200, address
            page = html.unescape(got.body.decode(CHARSETS.get(site.slug, "utf-8")))
            assert not [text for text in texts if text in page], address


@site_cases
def test_the_catalogues_entries_lead_to_every_article(web: SampleWeb, site: Site, catalogue: dict[str, Source]) -> None:
    """By what the entries name alone, no sidebar or menu helps: listings and the API give all of their language."""
    found = set[str]()
    for entry in catalogue[site.slug].entries:
        pages = dict(pages_of(web, entry))
        linked = {link for links in pages.values() for link in links}
        found |= linked
        if isinstance(entry, Listing | Api):
            own = [row for row in articles_of(site.slug) if row["language"] == entry.language]
            assert own
            assert [row["url"] for row in own if not linked & set(row["addresses"])] == []
            assert len(pages) > 1 or len(own) <= 3
    assert [row["url"] for row in articles_of(site.slug) if not found & set(row["addresses"])] == []


def pages_of(web: SampleWeb, entry: Entry) -> Iterator[tuple[str, set[str]]]:
    """Each page of an entry point with the links to articles that it gives."""
    waiting = [entry.address(0) if isinstance(entry, Listing | Api) else entry.url]
    index = 0
    while waiting and (url := waiting.pop(0)):
        got = get(web, url, Accept_Language=entry.language or "")
        if got.status == 404 and index:
            return
        assert got.status == 200, url
        index += 1
        if isinstance(entry, Listing):
            page = Selector(got.body.decode("utf-8", "replace"))
            yield url, {urljoin(url, link) for link in page.css(f"{entry.links} a::attr(href)").getall()}
            following = page.css(f"{entry.next}::attr(href)").get() if entry.next else entry.address(index)
            waiting += [urljoin(url, following)] if following else []
        elif isinstance(entry, Api):
            records = json.loads(got.body)
            yield url, {entry.page.format(**record) for record in records}
            waiting += [entry.address(index)] if records else []
        else:
            body = gzip.decompress(got.body) if url.endswith(".gz") else got.body
            pattern = r'<loc>(.+?)</loc>|<link>(.+?)</link>|<link rel="(?:next|alternate)" href="(.+?)"'
            links = {html.unescape("".join(groups)) for groups in re.findall(pattern, body.decode())}
            deeper = {link for link in links if re.search(r"/sitemap|/atom\.xml", link)}
            yield url, links - deeper
            waiting += sorted(deeper)


def test_each_site_has_a_catalogue_file_that_allows_what_it_lists(catalogue: dict[str, Source]) -> None:
    assert set(catalogue) == {site.slug for site in SITES}
    without = {slug for slug, source in catalogue.items() if not source.articles.include}
    assert without == {"universitas", "saglik"}
    for row in ROWS:
        source = catalogue[row["site"]]
        assert source.allows(row["url"])
        if row["site"] not in without:
            assert (source.page_kind(row["url"]) == "article") == (row["kind"] == "article"), row["url"]


def test_catalogue_files_say_delays_of_nothing_and_the_sites_countries() -> None:
    for path in (HERE / "catalogue").glob("*/*.toml"):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        assert values["source"]["delay_seconds"] == 0
        assert values["institution"]["country"].lower() == path.parent.name
        assert not [row for row in articles_of(path.stem) if values["institution"]["country"] in row["countries"]]


# The server


@site_cases
def test_host_header_and_proxy_give_the_same_answer(web: SampleWeb, site: Site) -> None:
    row = articles_of(site.slug)[0]
    url = urlsplit(row["url"])
    through_proxy = get(web, row["url"])
    by_host = get(web, f"{url.path}?{url.query}" if url.query else url.path, Host=f"{url.netloc}:8800")
    assert through_proxy.status == by_host.status == 200
    assert through_proxy.body == by_host.body


@site_cases
def test_validators_lead_to_304(web: SampleWeb, site: Site) -> None:
    url = f"{API}/90512" if site.slug == "saulyqapi" else articles_of(site.slug)[0]["url"]
    first = get(web, url)
    assert {name.lower() for name in ("ETag", "Last-Modified") if name in first.headers} == site.sends
    etag, since = (
        first.headers["ETag"] or '"unknown"',
        first.headers["Last-Modified"] or "Sun, 22 Nov 2026 09:00:00 GMT",
    )
    assert get(web, url, If_None_Match=etag).status == (304 if "etag" in site.sends else 200)
    assert get(web, url, If_None_Match='"other"').status == 200
    assert get(web, url, If_Modified_Since=since).status == (304 if "last-modified" in site.sends else 200)
    assert get(web, url, If_Modified_Since="Wed, 01 Jan 2014 00:00:00 GMT").status == 200
    assert get(web, url, If_None_Match='"other"', If_Modified_Since=since).status == 200
    assert get(web, url, If_None_Match=etag).body == (b"" if "etag" in site.sends else first.body)


@site_cases
def test_content_encoding_only_where_asked_and_offered(web: SampleWeb, site: Site) -> None:
    url = articles_of(site.slug)[0]["url"]
    plain, packed = get(web, url), get(web, url, Accept_Encoding="gzip, deflate")
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == ("gzip" if site.gzips else None)
    assert plain.body == (gzip.decompress(packed.body) if site.gzips else packed.body)


def test_two_sites_compress() -> None:
    assert sorted(site.slug for site in SITES if site.gzips) == ["tabib", "universitas"]


def test_charsets_are_undeclared_or_wrong_where_the_sites_are_so(web: SampleWeb) -> None:
    declared = []
    for row in articles_of("jamia"):
        got = get(web, row["url"])
        assert got.headers["Content-Type"] == "text/html"
        declared.append(b"charset=windows-1256" in got.body)
    assert Counter(declared) == {True: 4, False: 4}
    beyond = 0
    for row in articles_of("daxue"):
        body = get(web, row["url"]).body
        assert b"charset=gb2312" in body
        beyond += b"\x86\xb4" in body  # 喆, which GBK has and GB 2312 has not
    assert beyond > 0


@site_cases
def test_bytes_are_the_same_in_every_run(web: SampleWeb, site: Site) -> None:
    addresses = [row["url"] for row in ROWS if row["site"] == site.slug]
    with SampleWeb() as again:
        assert [get(web, url).body for url in addresses] == [get(again, url).body for url in addresses]


@site_cases
def test_today_changes_only_the_pages_that_print_it(web: SampleWeb, site: Site) -> None:
    url = articles_of(site.slug)[0]["url"]
    with SampleWeb(today=date(2026, 12, 3)) as later:
        same = get(web, url).body == get(later, url).body
        assert same == (site.slug not in {"tabib", "bilim"})
        later.today = web.today
        assert get(web, url).body == get(later, url).body


def test_today_stands_in_the_headers_of_pages(web: SampleWeb) -> None:
    assert "امروز: یکشنبه ۱ آذر ۱۴۰۵" in get(web, articles_of("tabib")[0]["url"], Accept_Encoding="x").body.decode()
    assert "22 noyabr, 2026, bazar" in get(web, articles_of("bilim")[0]["url"]).body.decode()


def test_unknown_hosts_paths_and_methods(web: SampleWeb) -> None:
    assert get(web, "http://nobody.example/").status == 502
    assert get(web, "http://universitas.example/nothing/").status == 404
    assert get(web, "http://universitas.example/?p=1").status == 404
    assert get(web, "http://www.hochschule.example/aktuelles/detail/?tx_news_pi1[news]=631&cHash=0").status == 404
    assert get(web, "http://universitas.example/", "POST").status == 405
    head = get(web, "http://universitas.example/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(get(web, "http://universitas.example/").body)


def test_one_site_answers_unknown_paths_with_200(web: SampleWeb) -> None:
    soft = get(web, "http://davolash.example/uz/news/999999")
    assert soft.status == 200
    assert "Page not found" in soft.body.decode()
    hard = [site.slug for site in SITES if get(web, f"http://{site.hosts[0]}/no/such/page").status != 200]
    assert set(hard) == {site.slug for site in SITES} - {"davolash"}


def test_twins_redirect_or_name_the_canonical_address(web: SampleWeb) -> None:
    even, odd = get(web, "http://universitas.example/?p=2318"), get(web, "http://universitas.example/?p=2305")
    assert (even.status, even.headers["Location"]) == (301, articles_of("universitas")[0]["url"])
    assert odd.status == 200
    assert f'<link rel="canonical" href="{articles_of("universitas")[1]["url"]}" />' in odd.body.decode()
    bare = get(web, "http://hochschule.example/en/")
    assert (bare.status, bare.headers["Location"]) == (301, "http://www.hochschule.example/en/")


@pytest.mark.parametrize(
    ("host", "status", "word"),
    [
        ("bilim.example", 200, b"Crawl-delay: 1\nDisallow: /admin/"),
        ("saglik.example", 200, b"Sitemap: http://saglik.example/sitemap_index.xml"),
        ("densaulyq.example", 200, b"Disallow: /print/"),
        ("davolash.example", 200, b"<!DOCTYPE html>"),
        ("www.tabib.example", 404, b""),
        ("www.jamia.example", 404, b""),
    ],
)
def test_robots(web: SampleWeb, host: str, status: int, word: bytes) -> None:
    got = get(web, f"http://{host}/robots.txt")
    assert got.status == status
    assert word in got.body


def test_the_api_speaks_the_language_that_is_asked_for(web: SampleWeb) -> None:
    url = f"{API}?projects=eq:dsm&page=1&size=3"
    kazakh, russian = (json.loads(get(web, url, Accept_Language=tag).body) for tag in ("kk", "ru-RU,ru;q=0.9"))
    assert [record["id"] for record in kazakh] == [90512, 90477, 90431]
    assert [record["id"] for record in russian] == [90513, 90455, 90402]
    assert json.loads(get(web, f"{API}?projects=eq:edu&page=1&size=3").body) == []
    assert json.loads(get(web, f"{API}?projects=eq:dsm&page=9&size=3").body) == []
    assert get(web, f"{API}/1").status == 404


def test_knobs_and_the_log() -> None:
    with SampleWeb() as web:
        web.down("bilim.example")
        assert get(web, "http://bilim.example/az/").status == 503
        assert get(web, "http://saglik.example/", Accept_Language="tr").status == 200
        web.up("bilim.example")
        web.set_delay(0.05)
        before = time.monotonic()
        assert get(web, "http://bilim.example/az/xeberler?sehife=2").status == 200
        assert time.monotonic() - before >= 0.05
        log = [(asked.host, asked.target, asked.status) for asked in web.requests]
        assert log == [
            ("bilim.example", "/az/", 503),
            ("saglik.example", "/", 200),
            ("bilim.example", "/az/xeberler?sehife=2", 200),
        ]
        assert web.requests[1].headers["accept-language"] == "tr"
        assert web.requests[2].at >= before
        with pytest.raises(dataclasses.FrozenInstanceError):
            web.requests[0].status = 200  # type: ignore[misc]


# The command


def test_the_manifest_is_printed_by_the_standard_library_alone() -> None:
    """-S keeps every installed package out of reach, as in the environment of a newcomer."""
    command = [sys.executable, "-S", "-m", "tests.sample_web", "--manifest"]
    printed = subprocess.run(command, cwd=HERE.parent.parent, capture_output=True, check=True, encoding="utf-8").stdout
    assert [json.loads(line) for line in printed.splitlines()] == ROWS


def test_the_command_says_where_it_serves() -> None:
    command = [sys.executable, "-S", "-m", "tests.sample_web", "--port", "0"]
    with subprocess.Popen(command, cwd=HERE.parent.parent, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        proxy = process.stdout.readline().strip()
        try:
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", proxy)
            connection = http.client.HTTPConnection(proxy.removeprefix("http://"), timeout=10)
            connection.request("GET", "http://bilim.example/robots.txt")
            assert connection.getresponse().status == 200
            connection.close()
        finally:
            process.terminate()
