"""A host is what a browser would connect to, or nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.catalogue.hosts import bare_host, host_of, is_host, is_reserved


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.real.org/news?page=2#top", "www.real.org"),
        ("HTTPS://WWW.Real.ORG", "www.real.org"),
        ("http://real.org:80/", "real.org"),
        ("https://real.org:443?x", "real.org"),
        ("http://real.org:443/", "real.org:443"),
        ("http://127.0.0.1:8800/", "127.0.0.1:8800"),
        ("http://[::1]:8800/", "[::1]:8800"),
        ("https://президент.рф/", "xn--d1abbgf6aiiy.xn--p1ai"),
        ("https://real.org/a@b\\c", "real.org"),
    ],
)
def test_the_host_of_a_url(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "http://real.org@evil.org/",
        "http://evil.org@real.org/",
        "http://user:secret@real.org/",
        "http://evil.org\\@real.org/",
        "http://real.org\\.evil.org/",
        "http:\\\\evil.org/",
        "http:/real.org/",
        "http:real.org",
        "//real.org/",
        "real.org",
        "",
        "http://",
        "http:///real.org/",
        "ftp://real.org/",
        "file:///etc/passwd",
        "javascript://real.org/%0aalert(1)",
        "http://real.org\t.evil.org/",
        "http://re\nal.org/",
        "http://real.org/\r\nHost: evil.org",
        " http://real.org/",
        "http://real.org%2eevil.org/",
        "http://real.org:port/",
        "http://real.org:0/",
        "http://real.org:65536/",
        "http://real.org:/",
        "http://" + "ü" * 70 + ".org/",
    ],
)
def test_what_could_be_read_in_two_ways_has_no_host(url):
    assert host_of(url) is None


def test_a_trailing_dot_is_another_name():
    assert host_of("http://real.org./") == "real.org."
    assert not is_host("real.org.")


def test_letters_that_look_alike_are_the_name_that_a_browser_asks_for():
    assert host_of("http://ｒeal.org/") == "real.org"  # full-width r, which IDNA maps to r
    assert host_of("http://rеal.org/") == "xn--ral-rdd.org"  # Cyrillic е: another name


@given(st.text(st.sampled_from("htps:/\\@.?#[]%ab\t 1é"), max_size=20).map("http://".__add__))
def test_where_a_host_is_found_the_standard_library_finds_no_other(url):
    host = host_of(url)

    if host is not None and host.isascii() and url.isascii():
        assert (urlsplit(url).hostname or "") == host.partition(":")[0]


@given(
    st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z]{2,6}){1,2}(:[1-9][0-9]{3})?\Z"),
    st.sampled_from(["http", "https"]),
)
def test_a_host_is_the_host_of_its_own_url(host, scheme):
    assert is_host(host)
    assert host_of(f"{scheme}://{host}/") == host
    assert bare_host(host) == bare_host(host.upper()) == host


@pytest.mark.parametrize(
    ("host", "reserved"),
    [
        ("www.tabib.example", True),
        ("a.test:8080", True),
        ("localhost", True),
        ("x.localhost:80", True),
        ("127.0.0.1:8800", True),
        ("127.8.8.8", True),
        ("[::1]:8800", True),
        ("[::1]", True),
        ("example.org", False),
        ("example.com.evil.org", False),
        ("test.uz", False),
        ("10.0.0.1", False),
        ("8.8.8.8:53", False),
        ("[2001:db8::1]", False),
    ],
)
def test_only_a_tests_hosts_are_reserved(host, reserved):
    assert is_reserved(host) is reserved
