"""Blocks keep the shape of what they stood in, and Markdown shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.blocks import Block, blocks_of, markdown, plain
from scraper.reading.markup import parse
from scraper.reading.outline import outline

from .pages import PROSE, article, read


def _markdown(html: str) -> str:
    return markdown(blocks_of(outline(parse(html))))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<br>two</p>", "one  \ntwo"),
        ("<p>lead</p><h2>head</h2><p>text of it</p>", "lead\n\n## head\n\ntext of it"),
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n1. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>more of a</p></li><li>b</li></ul>", "- a\n\n  more of a\n- b"),
        ("<blockquote><p>said</p><p>and said</p></blockquote>", "> said\n\n> and said"),
        (
            "<table><tr><th>Year</th><th>Guests</th></tr><tr><td>2023</td><td>41</td></tr></table>",
            "| Year | Guests |\n| --- | --- |\n| 2023 | 41 |",
        ),
        ("<p>2 * 3 _is_ [six] &lt;b&gt;</p>", "2 \\* 3 \\_is\\_ \\[six\\] \\<b\\>"),
        (
            "<p># no heading</p><p>- no item</p><p>1. no item either</p>",
            "\\# no heading\n\n\\- no item\n\n\\1. no item either",
        ),
    ],
    ids=[
        "paragraphs",
        "break",
        "heading",
        "list",
        "numbered",
        "nested",
        "long item",
        "quote",
        "table",
        "marks",
        "starts",
    ],
)
def test_markdown(html: str, expected: str) -> None:
    assert _markdown(html) == expected


def test_a_page_has_both() -> None:
    page = article().replace("</p><p>", "</p><h3>What was agreed</h3><ul><li>Ten lecturers a year</li></ul><p>", 1)
    reading = read(page)
    assert "\n\nWhat was agreed\n\n- Ten lecturers a year\n\n" in reading.text
    assert "\n\n### What was agreed\n\n- Ten lecturers a year\n\n" in reading.markdown


def test_text_that_is_set_in_headings_is_text() -> None:
    page = "".join(f"<h4>{PROSE[language]}</h4>" for language in ("en", "de", "fr"))
    assert "#" not in _markdown(page)


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), max_size=5))
def test_plain_text_is_the_paragraphs(words: list[str]) -> None:
    assert plain([Block("paragraph", each) for each in words]) == "\n\n".join(words)
