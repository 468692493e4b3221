"""The dates of a line that its words do not say: in an element's attribute, or in the call of a script that writes them there.

A page says "2 hours ago" or "8 March" to people, and to its own program the moment: ``<time datetime="2024-03-08T10:00">``,
``<span data-timestamp="1709892000">``, ``<script>showDate("2024-03-08")</script>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from scraper.reading.markup import BLOCK_TAGS, Element, squeeze
from scraper.reading.outline import Line
from scraper.reading.stated import name_set, plain

_MOST_ELEMENTS: Final = 40
_LONGEST_LINE: Final = 100
"""Characters of a line that may be a date's: in a longer one stands prose, whose dates are of what it tells."""
_LONGEST_VALUE: Final = 60
_LONGEST_SCRIPT: Final = 300
_ARGUMENT: Final = re.compile(r"""\(\s{0,4}(["'])([^"'<>\\]{8,40})\1""")
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
"""Seconds or milliseconds since 1970, from 2001 to 2033."""
_TITLED: Final = frozenset({"time", "abbr"})
"""What bears its moment in the attribute ``title``, too, which is a tooltip elsewhere."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """text: the date, as an attribute or a script has it. element: which bears it. before: the line's words before it."""

    text: str
    element: Element
    before: str


def unsaid(line: Line) -> Iterator[Unsaid]:
    """What may be dates in the elements of a line, in order."""
    if len(line.text) > _LONGEST_LINE and line.heading != 1:
        return
    for element in islice(line.element.iter(), _MOST_ELEMENTS):
        if isinstance(element.tag, str) and _is_in_line(element, line.element):
            for value in _called(element) if element.tag == "script" else _attributes(element):
                yield Unsaid(_moment(value), element, _words_before(line, element))


def _is_in_line(element: Element, block: Element) -> bool:
    """Whether no other block stands between an element and the line's own."""
    while element is not block:
        if element.tag in BLOCK_TAGS:
            return False
        element = element.getparent()
    return True


def _called(script: Element) -> Iterator[str]:
    text = script.text or ""
    if len(text) <= _LONGEST_SCRIPT:
        for argument in _ARGUMENT.finditer(text):
            yield argument[2]


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.items():
        known = plain(name) in name_set("attributes", "published") or (name == "title" and element.tag in _TITLED)
        if known and len(value) <= _LONGEST_VALUE:
            yield value


def _moment(value: str) -> str:
    """A value with seconds since 1970 written out."""
    if not _EPOCH.fullmatch(value):
        return value
    return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()


def _words_before(line: Line, element: Element) -> str:
    words = squeeze("".join(element.itertext())) if element.tag != "script" else ""
    return line.text.partition(words)[0] if words else line.text
