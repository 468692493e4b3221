"""Pieces of HTML that several sites share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

from tests.sample_web.site import Answer

Item = TypeVar("Item")


def html_answer(text: str, encoding: str = "utf-8", *, content_type: str | None = None, status: int = 200) -> Answer:
    """The page's bytes, its charset declared in the header unless a content type is given.

    What an old charset does not have, such as © in GBK, becomes a character reference, as editors do it.
    """
    body = text.encode(encoding, "xmlcharrefreplace")
    return Answer(status, body, content_type or f"text/html; charset={encoding}")


def text_answer(text: str, content_type: str = "text/plain; charset=utf-8") -> Answer:
    return Answer(200, text.encode(), content_type)


def link(href: str, text: str, attributes: str = "") -> str:
    return f'<a href="{escape(href)}"{" " + attributes if attributes else ""}>{escape(text)}</a>'


def links(pairs: Iterable[Sequence[str]], between: str = " ") -> str:
    """Links of (address, text) pairs, as menus in content files give them."""
    return between.join(link(href, text) for href, text in pairs)


def list_items(parts: Iterable[str], attributes: str = "") -> str:
    opening = f"<li {attributes}>" if attributes else "<li>"
    return "\n".join(f"{opening}{part}</li>" for part in parts)


def paragraphs(texts: Iterable[str], opening: str = "<p>", closing: str = "</p>") -> str:
    return "\n".join(f"{opening}{escape(text)}{closing}" for text in texts)


def page_of(items: Sequence[Item], number: int, size: int) -> Sequence[Item]:
    """The items on that page of a listing, counted from 1; none past the end."""
    return items[(number - 1) * size : number * size] if number > 0 else items[:0]


def page_count(items: Sequence[object], size: int) -> int:
    return -(-len(items) // size)


def number_of(text: str, default: int) -> int:
    """The number in a query value, or the default where it is none."""
    return int(text) if text.isascii() and text.isdigit() else default
