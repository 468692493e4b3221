from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.identity import (
    LONGEST_URL,
    are_alike,
    believe_canonical,
    clean_url,
    is_address,
    is_long_enough,
    page_key,
    text_sha256,
)

HOSTS = st.sampled_from(["example.org", "news.example.org", "xn--mgbawv3gi04e.example", "127.0.0.1", "a.example:8080"])
STEPS = st.text(
    st.one_of(st.sampled_from("abcXYZ019-._~ %/?#&=+;:@!,()"), st.characters(codec="utf-8", exclude_characters="%")),
    min_size=1,
    max_size=12,
).map(lambda step: quote(step, safe="-._~:@!,()+=&;"))
PATHS = st.lists(STEPS, max_size=4).map(lambda steps: "".join(f"/{step}" for step in steps))
NAMES = st.sampled_from(["id", "p", "lang", "NewsID", "q", "a[]", "خبر"])
PARAMETERS = st.lists(st.tuples(NAMES, st.text(min_size=1, max_size=8)), max_size=4, unique_by=lambda pair: pair[0])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    query = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in draw(PARAMETERS))
    return f"http://{draw(HOSTS)}{draw(PATHS)}" + (f"?{query}" if query else "")


MESSY = st.one_of(addresses(), st.text(max_size=60), st.text(max_size=40).map(lambda rest: f"http://a.example/{rest}"))


@given(MESSY)
def test_cleaning_twice_changes_nothing(url: str) -> None:
    assert clean_url(clean_url(url)) == clean_url(url)


@given(MESSY)
def test_a_cleaned_address_is_the_same_page(url: str) -> None:
    assert page_key(clean_url(url)) == page_key(url)


@given(addresses())
def test_a_key_is_never_longer_than_its_address(url: str) -> None:
    assert is_address(url)
    assert len(page_key(url)) <= len(clean_url(url))
    assert clean_url(url).isascii()


@given(
    addresses(),
    st.sampled_from(["utm_source=tg", "fbclid=x.Y", "PHPSESSID=abc", "print=1", "amp", "cHash=9f3", "_gl="]),
)
def test_what_makes_no_other_page(url: str, noise: str) -> None:
    address, _, query = url.partition("?")
    key = page_key(url)
    assert page_key(url.replace("http://", "https://")) == key
    assert page_key(url.replace("http://", "http://www.", 1)) == key
    assert page_key(f"{url}#part") == key
    assert page_key(f"{address}/?{query}") == key
    assert page_key(f"{address}?" + "&".join(reversed(query.split("&")))) == key
    assert page_key(f"{address}?{noise}&{query}") == key
    assert page_key(f"{address}?{query}&{noise}") == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://u.example/news/5-visit?tmpl=component&print=1&layout=default&page=", "http://u.example/news/5-visit"),
        ("http://u.example/?p=71&utm_source=feed&utm_medium=rss", "https://www.u.example/?p=71"),
        ("http://u.example/a?tx_news[news]=4&cHash=aa", "http://u.example/a?cHash=bb&tx_news%5Bnews%5D=4"),
        ("http://u.example/a.jsp;jsessionid=1F?id=3", "http://u.example/a.jsp?id=3"),
        ("http://u.example/a.php?PHPSESSID=0123&id=3", "http://u.example/a.php?id=3"),
        ("http://u.example/a?sid=0123456789abcdef0123456789abcdef&id=3", "http://u.example/a?id=3"),
        ("http://u.example:80/a", "https://u.example:443/a"),
        ("http://U.Example./a", "http://u.example/a"),
        ("http://دانشگاه.ایران/خبر", "http://xn--mgbawv3gi04e.xn--mgba3a4f16a/%D8%AE%D8%A8%D8%B1"),
        ("http://u.example/%d8%ae%d8%a8%d8%b1", "http://u.example/خبر"),
        ("http://u.example/a%28b%29,c", "http://u.example/a(b)%2Cc"),
        ("http://u.example/news/index.php", "http://u.example/news/"),
        ("http://u.example//news//5", "http://u.example/news/5"),
        ("http://u.example/s?q=a%20b", "http://u.example/s?q=a+b"),
        ("http://u.example/s?id=5&q=", "http://u.example/s?id=5"),
        ("http://u.example/s?id=5&&amp", "http://u.example/s?id=5"),
        ("http://me:secret@u.example/a", "http://u.example/a"),
        ("http://[2001:db8::1]:80/a", "http://[2001:DB8::1]/a"),
        (" http://u.example/a\n", "http://u.example/a"),
    ],
)
def test_habits_that_make_one_page(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://u.example/?p=71", "http://u.example/?p=72"),
        ("http://u.example/modules.php?name=News&sid=12", "http://u.example/modules.php?name=News&sid=13"),
        ("http://u.example/?12", "http://u.example/?13"),
        ("http://u.example/a%2Fb", "http://u.example/a/b"),
        ("http://u.example/a?q=x%26y=z", "http://u.example/a?q=x&y=z"),
        ("http://u.example/a?q=1%2B1", "http://u.example/a?q=1+1"),
        ("http://u.example/a%3Fb", "http://u.example/a?b"),
        ("http://u.example/100%25", "http://u.example/100"),
        ("http://u.example/?q=%EF%F0%E8", "http://u.example/?q=%EC%E8%F0"),  # windows-1251
        ("http://u.example/%CE%C8%D1", "http://u.example/%CA%CA%CA"),  # windows-1256
        ("http://u.example:8080/a", "http://u.example/a"),
        ("http://u.example/News", "http://u.example/news"),
        ("http://u.example/news?start=10", "http://u.example/news"),
        ("http://fa.u.example/", "http://u.example/"),
    ],
)
def test_habits_that_make_two_pages(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("HTTP://WWW.U.example:80/a?utm_id=1&b=%7e&a=1#x", "http://www.u.example/a?b=%7E&a=1"),
        ("http://u.example/a?q=%ef%f0&fbclid=1", "http://u.example/a?q=%EF%F0"),
        ("http://u.example/a?cHash=aa&tx_news[news]=4", "http://u.example/a?cHash=aa&tx_news[news]=4"),
        ("http://u.example", "http://u.example/"),
        ("http://u.example/a b?c d", "http://u.example/a%20b?c%20d"),
        ("http://me:secret@u.example:99999/a", "http://u.example:99999/a"),
        ("mailto:office@u.example", "mailto:office@u.example"),
    ],
)
def test_clean_url(url: str, cleaned: str) -> None:
    assert clean_url(url) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "", "/news/5", "news", "mailto:office@u.example", "javascript:void(0)", "ftp://u.example/a", "file:///etc/passwd",
        "http://", "http:///a", "http://u.example:99999/", "http://u.example:port/", "http://[::1/", "http://[zz]/",
        "http://u example/", "http://u<script>.example/", "http://a..ü.example/", "http://u.example/\ud800",
        "http://℀.example/", "http://u.example/" + "a" * LONGEST_URL, "http://u.example/" + "خ" * (LONGEST_URL // 6),
    ],
)  # fmt: skip
def test_no_address_has_a_key_all_the_same(url: str) -> None:
    assert not is_address(url)
    assert page_key(url) == page_key(clean_url(url))


def test_the_longest_address() -> None:
    url = "http://u.example/"
    assert is_address(url + "a" * (LONGEST_URL - len(url)))
    assert not is_address(url + "a" * (LONGEST_URL - len(url) + 1))


@pytest.mark.parametrize(
    ("claim", "url", "believed"),
    [
        ("https://u.example/visit/?utm_source=x", "http://u.example/?p=5", "https://u.example/visit/"),
        ("https://other.example/visit/", "http://u.example/?p=5", None),
        ("https://u.example/", "http://u.example/?p=5", None),
        ("https://www.u.example/index.php", "http://u.example/news/5", None),
        ("https://u.example/", "http://u.example/index.php", "https://u.example/"),
        ("http://u.example:port/a", "http://u.example/?p=5", None),
        ("/visit/", "http://u.example/?p=5", None),
        ("", "http://u.example/?p=5", None),
        (None, "http://u.example/?p=5", None),
    ],
)
def test_believe_canonical(claim: str | None, url: str, believed: str | None) -> None:
    assert believe_canonical(claim, url, lambda claimed: "u.example" in claimed) == believed


@given(st.text())
def test_case_punctuation_and_space_do_not_count(text: str) -> None:
    assert text_sha256("A", text) == text_sha256("a.", f" {text} \n")


def test_title_and_text_are_told_apart() -> None:
    assert text_sha256("ab", "c") != text_sha256("a", "bc")
    assert text_sha256(None, "كتاب") != text_sha256(None, "کتاب")


@pytest.mark.parametrize(("text", "expected"), [("x" * 199 + " . . .", False), ("x" * 200, True)])
def test_is_long_enough(text: str, expected: bool) -> None:
    assert is_long_enough(text) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a delegation came on Monday", "a delegation came on Tuesday", True),
        ("a delegation came on Monday", "the rector opened a hall", False),
        ("", "", True),
        ("", "a hall", False),
    ],
)
def test_are_alike(one: str, other: str, expected: bool) -> None:
    assert are_alike(one, other) is expected
