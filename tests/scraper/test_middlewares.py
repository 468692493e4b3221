"""What stands between a request and the network: allowed hosts, queues, mirrors."""

from __future__ import annotations

import pytest
from scrapy import Request

from scraper.errors import SettingError
from scraper.middlewares.allowed_hosts import AllowedHostsMiddleware, OutOfBounds
from scraper.middlewares.host_slot import HostSlotMiddleware, slot_of
from scraper.middlewares.mirror import MirrorMiddleware, check_mirror

HOSTS = AllowedHostsMiddleware({"one": ["one.test", "www.one.test"], "two": ["two.test:8080", "127.0.0.1:9000"]})


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("one", "http://one.test/news"),
        ("one", "https://www.one.test/"),
        ("one", "http://ONE.test:80/"),
        ("one", "https://one.test:443/"),
        ("one", "http://one.test./"),
        ("two", "http://two.test:8080/"),
        ("two", "http://127.0.0.1:9000/"),
        (None, "http://two.test:8080/robots.txt"),
        (None, "https://one.test/robots.txt"),
    ],
)
def test_a_source_may_ask_its_hosts(source: str | None, url: str) -> None:
    HOSTS.process_request(Request(url, meta={"source": source} if source else {}))


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("one", "http://two.test:8080/"),
        ("one", "http://sub.one.test/"),
        ("one", "http://one.test.evil.test/"),
        ("one", "http://one.test@evil.test/"),
        ("one", "http://one.test:8080/"),
        ("one", "http://127.0.0.1/"),
        ("one", "http://127.0.0.1:9000/"),
        ("one", "http://[::1]/"),
        ("one", "http://2130706433/"),
        ("one", "ftp://one.test/"),
        ("one", "file:///etc/passwd"),
        ("two", "http://two.test/"),
        ("unheard-of", "http://three.test/"),
        (None, "http://three.test/robots.txt"),
    ],
)
def test_nothing_else_is_asked(source: str | None, url: str) -> None:
    with pytest.raises(OutOfBounds, match="not one of the source's hosts"):
        HOSTS.process_request(Request(url, meta={"source": source} if source else {}))


def test_a_refusal_says_which_redirect_led_there() -> None:
    request = Request(
        "http://evil.test/", meta={"source": "one", "redirect_urls": ["http://one.test/a", "http://one.test/b"]}
    )
    with pytest.raises(OutOfBounds, match=r"redirected from http://one\.test/b to http://evil\.test"):
        HOSTS.process_request(request)


@pytest.mark.parametrize(
    ("url", "slot"),
    [
        ("http://one.test/a", "one.test"),
        ("https://www.one.test/", "one.test"),
        ("http://www.one.test.:80/", "one.test"),
        ("http://news.one.test/", "news.one.test"),
        ("http://[::1]:8000/", "::1"),
    ],
)
def test_one_queue_a_server(url: str, slot: str) -> None:
    """Also for what a redirect leads to, which brings along the name of the queue it came from."""
    request = Request(url, meta={"download_slot": "elsewhere.test"})
    HostSlotMiddleware().process_request(request)
    assert request.meta["download_slot"] == slot == slot_of(slot)


def test_a_mirror_is_asked_without_tls() -> None:
    changed = MirrorMiddleware().process_request(Request("https://one.test/a?b=https://c", meta={"role": "article"}))
    assert changed is not None
    assert (changed.url, changed.meta, changed.dont_filter) == (
        "http://one.test/a?b=https://c",
        {"role": "article"},
        True,
    )
    assert MirrorMiddleware().process_request(changed) is None


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:8800", "http://localhost:1", "http://[::1]:8800/"])
def test_a_mirror_on_this_machine_is_believed(proxy: str) -> None:
    check_mirror({"http": proxy, "https": proxy})


@pytest.mark.parametrize(
    "proxies",
    [
        {},
        {"http": "http://127.0.0.1:1"},
        {"https": "http://127.0.0.1:1"},
        {"http": "http://127.0.0.1:1", "https": "http://proxy.test:1"},
        {"http": "http://127.0.0.1.evil.test:1", "https": "http://127.0.0.1:1"},
        {"http": "http://127.0.0.1:1", "https": "http://127.0.0.1:1", "no": "one.test"},
    ],
)
def test_a_mirror_that_does_not_answer_everything_is_refused(proxies: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="unset ELCHI_MIRROR"):
        check_mirror(proxies)
