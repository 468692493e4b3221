"""What is taken out of a copy of the page before its text is sought: chrome that says what it is by markup or words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml import etree

from scraper.reading.markup import Element, remove, squeeze
from scraper.reading.phrases import fold, opening
from scraper.reading.places import place_of

_CODE: Final = ("script", "style", "template", "noscript", "input", "svg")
_CONTROLS: Final = ("button", "select", "textarea", "dialog")
_HOLDERS: Final = (
    "div", "ul", "ol", "nav", "aside", "footer", "header", "section", "span", "p", "figcaption", "table", "td", "dl", "menu", "form", "a",
    *_CONTROLS,
)  # fmt: skip
_LONG_RUN: Final = 90
"""Characters from which a run of text between two tags is prose and not a label."""
_ROOM: Final = 160
"""A line that opens with a phrase of the chrome and is longer than this is prose."""
_LINES: Final = ("div", "p", "li", "a", "span", "h2", "h3", "h4", "h5", "strong", "b", "td", "ul")
_BESIDE: Final = re.compile(r"[\W\d_]+")
"""What may stand after a phrase of the chrome and says nothing: numbers, signs, spaces."""
_TEXTS: Final = etree.XPath(".//text()", smart_strings=False)
_SIGNS: Final = re.compile(r"^[\W_]+")
_CELL_TAGS: Final = ("td", "th")
_GONE_PLACES: Final = frozenset({"crumbs", "menu", "top", "foot", "box", "caption"})


def prune(tree: Element) -> None:
    """Take chrome out of `tree` in place, and turn tables that only lay the page out into plain blocks.

    Nothing that holds the greater part of the page's words is taken, whatever it calls itself.
    """
    for element in list(tree.iter(*_CODE)):
        remove(element)
    for cell in tree.iter(
        *_CELL_TAGS
    ):  # trafilatura fills spans with empty cells: 3,000 wide ones in a row take it minutes
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    most = max(400, prose(tree) / 7)
    for element in _chrome(tree, most):
        remove(element)
    _prune_by_words(tree)
    _unfold_layout_tables(tree)


def _chrome(tree: Element, most: float) -> list[Element]:
    """The outermost elements whose names put them beside the text and that hold less prose than `most`."""
    found = []
    walk = etree.iterwalk(tree, events=("start",), tag=_HOLDERS)
    for _, element in walk:
        if element is not tree and place_of(element) in _GONE_PLACES and prose(element) < most:
            found.append(element)
            walk.skip_subtree()
    return found


def prose(element: Element) -> int:
    """How many characters of an element stand in long runs, as those of paragraphs do and those of menus do not."""
    return sum(length for run in _TEXTS(element) if (length := len(run.strip())) >= _LONG_RUN)


def _prune_by_words(tree: Element) -> None:
    for element in list(tree.iter(*_LINES)):
        if element.getparent() is None:
            continue
        text = squeeze(element.text_content())
        if not text or len(text) > _ROOM:
            continue
        folded = fold(text)
        if is_chrome_line(folded) or _is_read_also(element, folded):
            remove(element)


def _is_read_also(element: Element, folded: str) -> bool:
    """Whether a line invites to another article: "Read also:" and a link, or a heading over a list of links."""
    match = opening("related").match(folded)
    if not match:
        return False
    linked = sum(len(squeeze(link.text_content())) for link in element.iter("a"))
    return linked >= 0.5 * len(folded) or match.end() == len(folded)


@lru_cache(maxsize=8192)
def is_chrome_line(folded: str) -> bool:
    """Whether a folded line's words say that it belongs to the page: a breadcrumb, a share bar, a counter, a gallery prompt."""
    words = _SIGNS.sub("", folded)
    match = opening("chrome").match(words)
    if not match:
        return False
    rest = _BESIDE.sub("", words[match.end() :])
    return len(rest) <= (40 if ":" in match.group() else 8 if match.end() >= 12 else 0)


def _unfold_layout_tables(tree: Element) -> None:
    for table in list(tree.iter("table")):
        if is_layout(table):
            for element in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")):
                owner = (
                    next((above for above in element.iterancestors("table")), None) if element is not table else table
                )
                if owner is table or element is table:
                    element.tag = "div"


def is_layout(table: Element) -> bool:
    """Whether a table holds the page's parts and not data: nested tables, headings, long cells, or a single column."""
    if table.get("role") in {"presentation", "none"}:
        return True
    rows = cells = 0
    longest = 0
    for element in table.iter("table", "tr", "td", "th", "h1", "h2", "h3", "p"):
        tag = element.tag
        if tag == "table" and element is not table:
            return True
        if tag in {"h1", "h2", "h3"}:
            return True
        if tag == "tr":
            rows += 1
        elif tag in _CELL_TAGS:
            cells += 1
            longest = max(longest, len(squeeze(element.text_content())))
    return cells <= rows or longest > 400
