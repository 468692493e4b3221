"""The ends of a body: what stands there and is not of the text is cut off, what stands in the middle is left alone.

An extractor that finds the right block brings its first and last lines with it: the title once more, the line of the
date and the byline's counter, a link to the next article, a row of buttons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from scraper.reading.blocks import Block
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, opening
from scraper.reading.prune import is_chrome_line

_DEPTH: Final = 5
"""How many blocks from either end may be cut."""
_DATE_LINE: Final = 110
_LABEL_LINE: Final = 60
_WORDLESS: Final = re.compile(r"[\W_]*")
_CRUMBS: Final = re.compile(
    r"(?:[^/»>›→|]{1,40}\s*[/»>›→]+\s*){2,}[^/»>›→|]{0,80}|[^/»>›→|]{1,40}\s*[»>›→]{1,2}\s*[^/»>›→|]{1,40}"
)


def trim_edges(
    blocks: tuple[Block, ...], lines: tuple[Line, ...], title: str | None, dates: Iterable[str]
) -> tuple[Block, ...]:
    """The blocks without what is not text at their ends, and without the title. dates: the page's own dates as they are written."""
    links = {line.folded for line in lines if line.is_link} - {line.folded for line in lines if not line.is_link}
    written = tuple(dates)
    heading = fold(title) if title else None

    def foreign(block: Block) -> bool:
        folded = fold(block.text)
        return (
            _WORDLESS.fullmatch(folded) is not None
            or folded == heading
            or is_chrome_line(folded)
            or _is_date_line(block.text, folded, written)
            or (folded in links and len(folded) < _DATE_LINE)
            or _CRUMBS.fullmatch(folded) is not None
        )

    first = _past(blocks, foreign)
    last = len(blocks) - _past(tuple(reversed(blocks[first:])), foreign)
    return tuple(block for block in blocks[first:last] if block.shape != "heading" or fold(block.text) != heading)


def _past(blocks: tuple[Block, ...], foreign: Callable[[Block], bool]) -> int:
    return next((index for index, block in enumerate(blocks[:_DEPTH]) if not foreign(block)), min(_DEPTH, len(blocks)))


def _is_date_line(paragraph: str, folded: str, dates: tuple[str, ...]) -> bool:
    if any(date in paragraph for date in dates):
        return len(paragraph) <= _DATE_LINE and len(paragraph) < 4 * max(map(len, dates)) + 20
    labelled = opening("published").match(folded) or opening("modified").match(folded)
    return labelled is not None and len(folded) <= _LABEL_LINE and any(char.isdigit() for char in folded)
