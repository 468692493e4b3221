"""The page as a tree: one tolerant parse that no input may crash, and the few things we ask of a tree."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

Element = Any
"""An lxml element (lxml ships no types)."""

_PROLOG: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HUGE_TAG: Final = re.compile(r"<(\w+)[^<>]{65536,}>")
"""A tag with more than 64 KiB of attributes: a picture inlined, or malice that costs libxml2 quadratic time."""
_FLATTENED: Final = re.compile(
    r"</?(?:font|span|b|i|u|em|strong|small|big|center|o:p|div|blockquote)\b[^>]{0,2000}>", re.IGNORECASE
)

_CLASSES: Final = etree.ElementDefaultClassLookup(element=HtmlElement)
"""Every element is an `HtmlElement`: lxml.html's own lookup, for the sake of forms, runs in Python each time a node is met."""

BLOCK_TAGS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
HIDDEN_TAGS: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "map",
    ]
)


def parse(text: str) -> Element | None:
    """The document's root element, or None where there is no markup and no text at all.

    libxml2 stops reading at a depth of 2,048: a page that is nested deeper (unclosed ``<font>`` or ``<div>`` tags, or
    malice) is read again without those tags, so that its words are not lost and no later step recurses too deep.
    """
    text = _HUGE_TAG.sub(r"<\1>", _FORBIDDEN.sub("", _PROLOG.sub("", text)))
    if not text.strip():
        return None
    tree, too_deep = _parse(text)
    if too_deep:
        tree, _ = _parse(_FLATTENED.sub("\n", text))
    return tree


def _parse(text: str) -> tuple[Element | None, bool]:
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = document_fromstring(text, parser=parser)
    except etree.ParserError:  # nothing but comments or white space
        return None, False
    too_deep = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return tree, too_deep


def squeeze(text: str) -> str:
    """`text` with every run of white space as one space, none at its ends."""
    return " ".join(text.split())


def text_of(element: Element) -> str:
    """The words of an element, squeezed; blocks and line breaks part words, inline tags do not."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in BLOCK_TAGS or node.tag == "br":
                parts.append(" ")
            if node.tag not in HIDDEN_TAGS:
                parts.append(node.text or "")
        else:
            if node.tag in BLOCK_TAGS:
                parts.append(" ")
            if node is not element:
                parts.append(node.tail or "")
    return squeeze("".join(parts))


def remove(element: Element) -> None:
    """Take an element out of its tree and leave the text behind it where it stood."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def select(tree: Element, css: str) -> list[Element]:
    """The elements that a CSS selector of the catalogue matches, in document order."""
    return list(tree.cssselect(css))


def metas(tree: Element) -> dict[str, list[str]]:
    """Every ``<meta>`` of the page: its name, property, itemprop or http-equiv in lower case, to its contents in order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found.setdefault(name.strip().lower(), []).append(content.strip())
    return found
