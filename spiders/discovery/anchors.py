"""The links of a page, each with its words and with the block that it stands in.

Pages come from strangers, and are read where the crawl waits: one walk, whose time and memory are linear in the page, whatever its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from scraper.reading.markup import Element, select
from spiders.discovery.xml import absolute
from storage.identity import page_key

MOST_LINKS = 10_000
"""Links of one page that are looked at. The longest lists of news have some hundreds."""

MOST_ELEMENTS = 300_000
"""Elements of one page that are walked over."""

CHROME_TAGS = frozenset({"header", "footer", "aside"})
CHROME_ROLES = frozenset({"banner", "contentinfo", "complementary"})
MAIN = "main, footer, [role=main], [id=main], [id=content]"
CHROME_NAME = re.compile(
    r"(?:^|[-_\s])(?:menu|nav|navbar|breadcrumbs?|footer|sidebar|pager|pagination|share|social|lang(?:uage)?s?)(?:$|[-_\s])",
    re.IGNORECASE,
)
SILENT = frozenset({"script", "style", "template"})
SEVERAL = "*"
"""Stands where a page's key would, in a block that leads to more than one page."""


@dataclass(slots=True, eq=False)
class Block:
    """An element. in_chrome: whether it is of the page's frame, menus and the like. settled: whether nothing inside can change that.

    start, end: where its words stand among the page's. leads_to: the key of the page that all its links lead to, SEVERAL, or "".
    stamp: of the first <time datetime> in it. alt: of its first image.
    """

    parent: Block | None
    tag: str
    in_chrome: bool
    settled: bool
    in_area: bool
    start: int
    end: int = 0
    leads_to: str = ""
    stamp: str | None = None
    alt: str | None = None

    def take(self, inner: Block) -> None:
        """What was found in an element inside this one was found in this one."""
        if inner.leads_to and self.leads_to != inner.leads_to:
            self.leads_to = SEVERAL if self.leads_to else inner.leads_to
        self.stamp = self.stamp or inner.stamp
        self.alt = self.alt or inner.alt


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link. key: `page_key` of its url, which is absolute. title: its tooltip, or what its image shows."""

    url: str
    key: str
    block: Block
    title: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """The links of a page in their order. complete: whether they are all of them."""

    each: tuple[Anchor, ...]
    complete: bool
    _words: str = field(repr=False)

    def words_of(self, block: Block, most: int) -> str:
        """The first characters of what an element says, squeezed."""
        return self._words[block.start : min(block.end, block.start + most)].strip()


def find_anchors(tree: Element, base: str, area: str | None) -> Anchors:
    """The links of a page. base: what they are relative to. area: CSS of where they are looked for, None for everywhere."""
    return _Walk(base, select(tree, area) if area else [tree], _around(select(tree, MAIN))).over(tree)


def _around(elements: Iterable[Element]) -> set[Element]:
    """These elements and all that they stand in."""
    known: set[Element] = set()
    for element in elements:
        above: Element | None = element
        while above is not None and above not in known:
            known.add(above)
            above = above.getparent()
    return known


class _Walk:
    """What was seen so far. wrappers: what holds the page's main part is its wrapper, be it called ``page with-sidebar``."""

    def __init__(self, base: str, areas: Iterable[Element], wrappers: set[Element]) -> None:
        self._base, self._areas, self._wrappers = base, set(areas), wrappers
        self._open = [Block(None, "", in_chrome=False, settled=False, in_area=False, start=0)]
        self._anchors: list[tuple[Element, str, str, Block]] = []
        self._words: list[str] = []
        self._length = self._silent = self._elements = 0

    def over(self, tree: Element) -> Anchors:
        complete = self._walk(tree)
        while len(self._open) > 1:
            self._leave()
        each = (
            Anchor(url, key, block, node.get("title") or block.alt or "") for node, url, key, block in self._anchors
        )
        return Anchors(tuple(each), complete, "".join(self._words))

    def _walk(self, tree: Element) -> bool:
        for event, node in etree.iterwalk(tree, events=("start", "end")):
            if event == "end":
                self._silent -= node.tag in SILENT
                self._leave()
                self._say(node.tail)
                continue
            self._elements += 1
            if self._elements > MOST_ELEMENTS or len(self._anchors) == MOST_LINKS:
                return False
            self._enter(node)
            self._silent += node.tag in SILENT
            self._say(node.text)
        return True

    def _enter(self, node: Element) -> None:
        above, tag = self._open[-1], node.tag
        in_chrome, settled = above.in_chrome, above.settled
        if tag == "nav" or node.get("role") == "navigation":
            in_chrome = settled = True
        elif tag == "article":  # the header of an article in a list is none of the page's
            in_chrome, settled = False, True
        elif not settled and tag not in {"html", "body"}:
            in_chrome = in_chrome or self._is_chrome(node)
        block = Block(above, tag, in_chrome, settled, above.in_area or node in self._areas, self._length)
        if tag == "time":
            block.stamp = node.get("datetime")
        elif tag == "img":
            block.alt = node.get("alt")
        elif tag == "a" and (url := absolute(self._base, node.get("href"))) is not None:
            block.leads_to = page_key(url)
            if block.in_area:
                self._anchors.append((node, url, block.leads_to, block))
        self._open.append(block)

    def _is_chrome(self, node: Element) -> bool:
        if node.tag in CHROME_TAGS or node.get("role") in CHROME_ROLES:
            return True
        name = f"{node.get('class') or ''} {node.get('id') or ''}"
        return bool(CHROME_NAME.search(name)) and node not in self._wrappers

    def _leave(self) -> None:
        block = self._open.pop()
        block.end = self._length
        self._open[-1].take(block)

    def _say(self, text: str | None) -> None:
        if text and not self._silent and (words := " ".join(text.split())):
            self._words.append(words + " ")
            self._length += len(words) + 1
