"""The lines of a body put together: paragraphs, headings, list items, quotes and rows of tables, as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from scraper.reading.markup import Element
from scraper.reading.outline import Line
from scraper.reading.prune import is_layout

Shape = Literal["paragraph", "heading", "item", "quote", "row"]

_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
_CELLS: Final = frozenset({"td", "th"})
_FEW: Final = 3
"""Blocks below which headings are believed."""
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|])")
_STARTS: Final = re.compile(r"(?m)^(#{1,6}(?=\s|$)|[-+](?=\s|$)|={2,}|-{2,}|~{3,}|(?:\d{1,9})(?=[.)](?:\s|$)))")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a body. text: its words; a line break stays one. cells: of a row, whose text is them with " | " between.

    level: of a heading, 1 to 6; of an item, how many lists it stands in. ordered: whether an item's list is numbered.
    """

    shape: Shape
    text: str
    level: int = 0
    ordered: bool = False
    cells: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        """The block as plain text has it."""
        return f"- {self.text}" if self.shape == "item" and self.level else self.text


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The blocks that lines make, in order. A line behind a single line break goes on with its block; lines of a row are its cells."""
    nests: dict[Element, _Nest] = {}
    placed = [(line, _nest(line.element, nests)) for line in lines]
    blocks: list[Block] = []
    item: Element | None = None
    for row, group in groupby(placed, key=lambda each: each[1].row):
        if row is not None:
            blocks.append(_row(list(group)))
            continue
        for line, nest in group:
            begins = nest.item is not item or item is None
            item = nest.item
            if line.breaks == 1 and blocks and blocks[-1].shape != "row":
                blocks[-1] = _joined(blocks[-1], line.text)
            else:
                blocks.append(_block(line, nest, begins=begins))
    return tuple(_without_shouting(blocks))


def _without_shouting(blocks: list[Block]) -> list[Block]:
    """The blocks, where most of the words stand in headings with none of them as one: such a site sets its text in them."""
    shouted = sum(len(block.text) for block in blocks if block.shape == "heading")
    if shouted <= 0.5 * sum(len(block.text) for block in blocks) or len(blocks) < _FEW:
        return blocks
    return [Block("paragraph", block.text) if block.shape == "heading" else block for block in blocks]


@dataclass(frozen=True, slots=True)
class _Nest:
    """What an element stands in: a table of data, its row and cell, the innermost item of a list, how deep, if it is numbered, a quote."""

    table: Element | None = None
    row: Element | None = None
    cell: Element | None = None
    item: Element | None = None
    depth: int = 0
    ordered: bool = False
    quoted: bool = False


def _nest(element: Element, known: dict[Element, _Nest]) -> _Nest:
    chain: list[Element] = []
    while element is not None and element not in known:
        chain.append(element)
        element = element.getparent()
    nest = known[element] if element is not None else _Nest()
    for each in reversed(chain):
        nest = known[each] = _inside(each, nest)
    return nest


def _inside(element: Element, nest: _Nest) -> _Nest:
    tag = element.tag
    if tag == "table":
        return _Nest(quoted=nest.quoted) if is_layout(element) else _Nest(table=element, quoted=nest.quoted)
    if tag == "tr" and nest.table is not None:
        return _Nest(table=nest.table, row=element, quoted=nest.quoted)
    if tag in _CELLS and nest.row is not None:
        return replace(nest, cell=element)
    if tag in _LISTS:
        return replace(nest, depth=nest.depth + 1, ordered=tag == "ol")
    if tag == "li":
        return replace(nest, item=element, depth=max(1, nest.depth))
    return replace(nest, quoted=True) if tag == "blockquote" else nest


def _block(line: Line, nest: _Nest, *, begins: bool) -> Block:
    if line.heading:
        return Block("heading", line.text, line.heading)
    if nest.item is not None:
        return Block("item", line.text, nest.depth if begins else 0, nest.ordered)
    return Block("quote" if nest.quoted else "paragraph", line.text)


def _joined(block: Block, text: str) -> Block:
    return Block(block.shape, f"{block.text}\n{text}", block.level, block.ordered)


def _row(placed: Sequence[tuple[Line, _Nest]]) -> Block:
    cells = tuple(
        " ".join(line.text for line, _ in group) for _, group in groupby(placed, key=lambda each: each[1].cell)
    )
    return Block("row", " | ".join(cells), cells=cells)


def plain(blocks: Iterable[Block]) -> str:
    """The blocks as paragraphs with an empty line between, items of lists with a hyphen before them."""
    return "\n\n".join(block.paragraph for block in blocks)


def markdown(blocks: Sequence[Block]) -> str:
    """The blocks as CommonMark, tables as GitHub writes them. What would be a mark there and is none here is escaped."""
    return "\n".join(_pieces(blocks)).strip("\n")


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    previous: Block | None = None
    for block in blocks:
        if not _goes_on(previous, block):
            yield ""
        if block.shape == "row":
            yield "| " + " | ".join(_escaped(cell).replace("\n", " ") for cell in block.cells) + " |"
            if previous is None or previous.shape != "row":
                yield "|" + " --- |" * len(block.cells)
        else:
            yield _marked(block)
        previous = block


def _goes_on(previous: Block | None, block: Block) -> bool:
    """Whether a block stands right under the one before: a row in its table, an item in its list."""
    return (
        previous is not None
        and block.shape in {"row", "item"}
        and previous.shape == block.shape
        and (block.shape == "row" or block.level > 0)
    )


def _marked(block: Block) -> str:
    text = _escaped(block.text)
    if block.shape == "heading":
        return "#" * block.level + " " + text.replace("\n", " ")
    if block.shape == "item":
        margin = "  " * max(0, block.level - 1)
        mark = "" if not block.level else "1. " if block.ordered else "- "
        hang = margin + (" " * len(mark) if mark else "  ")
        return (margin + mark if mark else hang) + text.replace("\n", "\n" + hang)
    before = "> " if block.shape == "quote" else ""
    return before + text.replace("\n", "  \n" + before)


def _escaped(text: str) -> str:
    return _STARTS.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text)) if not text.isalnum() else text
