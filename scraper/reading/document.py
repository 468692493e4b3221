"""One parsed page as its readers share it: the tree, its lines, and what it states to machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from scraper.reading.links import absolute, base_url
from scraper.reading.markup import Element, metas, squeeze
from scraper.reading.outline import Line, outline
from scraper.reading.structured import json_ld


@dataclass(frozen=True, slots=True)
class Document:
    """A page. metas: contents by lower-case name. things: its JSON-LD objects. base: what relative links are relative to."""

    url: str
    base: str
    tree: Element
    lines: tuple[Line, ...]
    metas: dict[str, list[str]]
    things: list[dict[str, Any]]

    def with_lines(self, lines: Iterable[Line]) -> Self:
        """The page as if it had these lines alone."""
        return replace(self, lines=tuple(lines))

    @property
    def page_title(self) -> str:
        """The words of ``<title>``, empty without one."""
        title = self.tree.find("head/title")
        return squeeze(title.text_content()) if title is not None else ""

    @property
    def lang(self) -> str | None:
        """What ``<html lang>`` claims."""
        claim: str | None = self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        return claim

    @property
    def canonical_url(self) -> str | None:
        """What ``<link rel=canonical>`` claims, absolute."""
        links = (link for link in self.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
        return next((absolute(self.base, link.get("href")) for link in links), None)


def document(url: str, tree: Element) -> Document:
    """The page whose tree `tree` is."""
    return Document(url, base_url(tree, url), tree, outline(tree), metas(tree), json_ld(tree))
