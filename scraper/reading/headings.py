"""The page's main heading: which h1 people see over the body, and its words with and without what stands beside them in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from scraper.reading.markup import BLOCK_TAGS, HIDDEN_TAGS, Element
from scraper.reading.outline import Line
from scraper.reading.prune import is_chrome_line

OUTSIDE: Final = frozenset({"menu", "foot", "side", "crumbs"})
"""Places in which no headline stands."""
_HEADING: Final = re.compile(r"h[1-6]")
_BESIDE: Final = re.compile(
    r"kicker|overline|eyebrow|dachzeile|spitzmarke|(?:top|roof|over|sub|super)[-_]?(?:line|head|title)|pre[-_]?title|antetitulo|surtitre"
    r"|occhiello|rubri[ck]|categor|author|date|flag|meta\b",
    re.IGNORECASE,
)
"""Classes of what stands inside a heading beside the title itself."""
_HIDDEN: Final = re.compile(r"visually-?hidden|sr-only|off-?screen|screen-?reader", re.IGNORECASE)
_LISTS: Final = frozenset({"nav", "ul", "ol"})
_CLOSING: Final = frozenset(":;,.!?)]»”")
_MOST: Final = 20
"""How many h1 of a page are looked at."""


@dataclass(frozen=True, slots=True)
class Headings:
    """main: the headline that people see. unseen: the h1 that stands hidden or in a breadcrumb over it. others: further h1."""

    main: Element
    unseen: Element | None
    others: tuple[Element, ...]


def find_headings(lines: tuple[Line, ...], start: int | None) -> Headings | None:
    """The page's headings, None without an h1 of its own. start: the index of the body's first line; the nearest h1 is the main one."""
    own = [(index, line) for index, line in enumerate(lines) if line.heading == 1 and line.place not in OUTSIDE]
    if not own:
        return None
    at = start if start is not None else 0
    before = [entry for entry in own if entry[0] <= at + 1]
    index, line = before[-1] if before else own[0]
    first = _heading(line)
    seen = _seen_below(lines, index, at)
    others = dict.fromkeys(_heading(other) for _, other in islice(own, _MOST))
    return Headings(
        main=_heading(seen) if seen else first,
        unseen=first if seen else None,
        others=tuple(heading for heading in others if heading is not first),
    )


def words(heading: Element) -> str:
    """The words of a heading, with every piece of white space that stands there. Two spans side by side are set off, as styles do it."""
    return _words(heading, lambda _: False)


def own_words(heading: Element) -> str:
    """The words of a heading without its kicker, its date, its author, and what is said to screen readers only."""
    return _words(heading, _is_beside).strip(" \n\t:-–|")


def _seen_below(lines: tuple[Line, ...], index: int, start: int) -> Line | None:
    """The heading that people see where the h1 at `index` is a breadcrumb's last item or is hidden: the next one over the body."""
    crumbs = _crumbs(_heading(lines[index]))
    if crumbs is None:
        return None
    below = (line for line in lines[index + 1 : start + 1] if line.heading in {2, 3} and line.place not in OUTSIDE)
    seen = next((line for line in below if not is_chrome_line(line.folded)), None)
    return seen if seen and crumbs not in seen.element.iterancestors() else None


def _crumbs(heading: Element) -> Element | None:
    """What holds a heading that is no headline: the list or the breadcrumb around it, or itself where it is hidden."""
    if _HIDDEN.search(heading.get("class") or ""):
        return heading
    above = (one for one in heading.iterancestors() if one.tag in _LISTS or "crumb" in (one.get("class") or "").lower())
    return next(above, None)


def _heading(line: Line) -> Element:
    """The heading that a line is of: one that a line break parts is one title."""
    element = line.element
    while element is not None and not _HEADING.fullmatch(str(element.tag)):
        element = element.getparent()
    return line.element if element is None else element


def _is_beside(element: Element) -> bool:
    classes = element.get("class") or ""
    named = _BESIDE.search(classes) or _HIDDEN.search(classes)
    return element.tag in {"small", "time"} or named is not None


def _words(heading: Element, leave_out: Callable[[Element], bool]) -> str:
    parts: list[str] = []
    walk = etree.iterwalk(heading, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node is not heading and (node.tag in HIDDEN_TAGS or leave_out(node)):
            walk.skip_subtree()
        elif event == "start":
            if node.tag in BLOCK_TAGS or node.tag == "br" or _is_set_off(node):
                parts.append(" ")
            parts.append(node.text or "")
        if event == "end" and node is not heading:
            parts.append(f" {node.tail or ''}" if node.tag in BLOCK_TAGS else node.tail or "")
    return "".join(parts)


def _is_set_off(node: Element) -> bool:
    """Whether a span follows another without white space, and not with a sign that closes it."""
    before = node.getprevious()
    if node.tag != "span" or before is None or before.tag != "span" or before.tail:
        return False
    return (node.text or "")[:1] not in _CLOSING
