"""Parses XML from strangers: no entities, no network, broken markup mended, compressed files undone within a bound."""

from __future__ import annotations

import zlib
from urllib.parse import urljoin

from lxml import etree

from spiders.discovery.model import Answer, NotAsExpected
from storage.identity import LONGEST_URL

LARGEST_BYTES = 60_000_000
"""The sitemaps protocol allows 50 MB."""


def parse_xml(answer: Answer, what: str) -> etree._Element:
    """The root element. what: said in the message where there is none. Raises `NotAsExpected`."""
    body = answer.body
    if body[:2] == b"\x1f\x8b":
        body = _gunzip(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAsExpected(f"{answer.url} is no {what}: {error}") from error
    if root is None or local_name(root) == "html":
        raise NotAsExpected(
            f"{answer.url} is no {what}, but a page for people. Look at it in a browser, then mend the entry's url."
        )
    return root


def local_name(element: etree._Element) -> str:
    """The tag without its namespace, in lower case: feeds use namespaces as they please."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str | None:
    """The text of the first child of one of these names that has any; the names in order of preference."""
    for name in names:
        for child in element:
            if local_name(child) == name and (text := " ".join("".join(child.itertext()).split())):
                return text
    return None


def absolute(base: str, link: str | None) -> str | None:
    """An http(s) address, None for anything else, and for one that is too long to be asked."""
    if not link or len(link) > LONGEST_URL:
        return None
    try:
        url = urljoin(base, link.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL else None


def _gunzip(body: bytes) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = inflate.decompress(body, LARGEST_BYTES)
    except zlib.error as error:
        raise NotAsExpected(f"a compressed file is broken: {error}") from error
    if inflate.unconsumed_tail:
        raise NotAsExpected(f"a compressed file holds more than {LARGEST_BYTES} bytes")
    return data
