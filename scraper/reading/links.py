"""What the body of an article links to and shows."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from scraper.reading.markup import Element, squeeze, text_of
from scraper.reading.model import Link

_MOST: Final = 500
_PIXEL: Final = frozenset({"0", "1", "0px", "1px"})


def body_links(region: Element, text: str, base: str) -> tuple[Link, ...]:
    """The links inside the body's region whose words stand in the body's text: absolute http(s) addresses, once each."""
    known = squeeze(text)
    links: dict[str, Link] = {}
    for anchor in region.iter("a"):
        url = absolute(base, anchor.get("href"))
        words = text_of(anchor)
        if url and words and words in known:
            links.setdefault(url, Link(url, words))
        if len(links) >= _MOST:
            break
    return tuple(links.values())


def body_images(region: Element, base: str) -> tuple[str, ...]:
    """The addresses of the pictures in the body's region, tracking pixels and inlined data left out, once each."""
    found: dict[str, None] = {}
    for image in region.iter("img"):
        if image.get("width") in _PIXEL or image.get("height") in _PIXEL:
            continue
        if url := absolute(base, image.get("data-src") or image.get("src")):
            found.setdefault(url)
        if len(found) >= _MOST:
            break
    return tuple(found)


def base_url(tree: Element, url: str) -> str:
    """The address that the page's relative links are relative to."""
    for element in tree.iter("base"):
        if href := element.get("href"):
            return absolute(url, href) or url
    return url


def absolute(base: str, href: str | None) -> str | None:
    """`href` as an absolute http or https address, None for anything else and for a place within the same page."""
    href = (href or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
        hostname = parts.hostname
    except ValueError:
        return None
    return joined if parts.scheme in {"http", "https"} and hostname else None
