"""What a page says of itself to machines: JSON-LD objects and microdata (schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from scraper.reading.markup import Element, squeeze

_ARTICLES: Final = re.compile(r"(Article|Posting|Report|Review|PressRelease)$")
_PAGES: Final = re.compile(
    r"(Page|^CreativeWork|^Event|^VideoObject|^AudioObject|Episode|^HowTo|^Recipe|^Dataset|^Course)$"
)
_ORGANISATIONS: Final = re.compile(r"(Organization|WebSite|University|Organisation|NewsMediaOrganization)$")
_MOST_OBJECTS: Final = 500
_LOOSE: Final = re.compile(
    r"[\x00-\x1f]+|(?:(?://|/\*) ?)?<!\[CDATA\[(?: ?\*/)?|(?:(?://|/\*) ?)?\]\]>(?: ?\*/)?|<!--|-->"
)
_LAST_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_DATE_KEY: Final = re.compile(r'"(datePublished|dateCreated|uploadDate|dateModified)"\s*:\s*"([^"\\]{4,60})"')


def json_ld(tree: Element) -> list[dict[str, Any]]:
    """Every JSON-LD object of a page, those inside @graph and lists among them, in order. Broken scripts are skipped."""
    objects: list[dict[str, Any]] = []
    for text in _scripts(tree):
        objects.extend(_objects(_load(text)))
    return objects[:_MOST_OBJECTS]


def broken_json_ld(tree: Element) -> list[dict[str, str]]:
    """The dates of each JSON-LD script that is no JSON: the first of each key, as a thing that says nothing else.

    A quotation mark or a line break in somebody's headline breaks the script; its dates are machine-made and whole.
    """
    things: list[dict[str, str]] = []
    for text in _scripts(tree):
        found: dict[str, str] = {}
        for key, value in _DATE_KEY.findall(text):
            found.setdefault(key, value)
        if found and _load(text) is None:
            things.append(found)
    return things


def _scripts(tree: Element) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_LAST_COMMA.sub("", _LOOSE.sub(" ", text).strip().rstrip(";")), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        one = pending.pop(0)
        if isinstance(one, list):
            pending[:0] = one[:_MOST_OBJECTS]
        elif isinstance(one, dict):
            yield one
            pending[:0] = [
                inner
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(inner := one.get(key), (list, dict))
            ]


def _types(thing: dict[str, Any]) -> list[str]:
    kind = thing.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]


def is_article(thing: dict[str, Any]) -> bool:
    """Whether a JSON-LD object describes an article."""
    return any(_ARTICLES.search(kind) for kind in _types(thing))


def articles(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects that describe the page's article: articles first, then the page itself."""
    own = [thing for thing in things if is_article(thing)]
    return own + [thing for thing in things if thing not in own and any(map(_PAGES.search, _types(thing)))]


def string(thing: dict[str, Any], *keys: str) -> str | None:
    """The first of `keys` that holds text, unescaped and squeezed."""
    for key in keys:
        value = thing.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value") or value.get("name")
        if isinstance(value, str) and (text := squeeze(html.unescape(value))):
            return text
    return None


def publisher_names(things: list[dict[str, Any]]) -> list[str]:
    """The names of the organisation or site behind a page."""
    names = [string(thing, "name") for thing in things if any(_ORGANISATIONS.search(kind) for kind in _types(thing))]
    names += [string(thing, "publisher") for thing in things]
    return [name for name in names if name]


def author_names(things: list[dict[str, Any]]) -> list[str]:
    """The names that an article gives as its authors', as they stand there; those that it refers to by @id are looked up."""
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and "name" in thing}
    for thing in articles(things):
        authors = thing.get("author") or thing.get("creator")
        names = [_name_of(author, named) for author in (authors if isinstance(authors, list) else [authors])]
        if any(names):
            return [name for name in names if name and not name.startswith("http")]
    return []


def _name_of(author: Any, named: dict[str, dict[str, Any]]) -> str | None:
    if isinstance(author, dict):
        found = author if "name" in author else named.get(str(author.get("@id")), {})
        return string(found, "name")
    return squeeze(html.unescape(author)) if isinstance(author, str) else None
