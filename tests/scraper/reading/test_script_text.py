"""A text that stands only in a script is found, and what a script holds beside it is none."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.reading import Page
from scraper.reading.obstacles import instead_of

from .pages import FETCHED, PROSE, read

TITLE = "University delegation visited its partner faculty"
HEADED = "Joint research begins"
MARKUP = (
    f'<p class="lead">{PROSE["en"]}</p><h2>{HEADED}</h2><p>{PROSE["en"].replace("week", "month")}<br>"Thank you."</p>'
)
WHOLE = (PROSE["en"], HEADED, PROSE["en"].replace("week", "month"))
CONSENT = "<p>" + "We use cookies to measure how you use this site, and share what we learn. " * 20 + "</p>"


def escaped(value: object) -> str:
    """JSON as frameworks write it into a page."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


def flight(text: str, *, size: int = 700) -> str:
    """What Next.js streams, cut wherever a packet ends."""
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    pushes = "".join(f"<script>self.__next_f.push([1,{escaped(part)}])</script>" for part in parts)
    return f"<script>(self.__next_f=self.__next_f||[]).push([0])</script>{pushes}"


def row(markup: str) -> str:
    return f'0:{{"P":null,"b":"x"}}\n1a:T{len(markup.encode()):x},{markup}5:["$","div",null,{{"children":"$1a"}}]\n'


def data(markup: str) -> dict[str, object]:
    return {"props": {"article": {"id": 17, "tags": ["a", "b"], "body": markup, "summary": "<p>In short.</p>"}}}


def plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"<br>|</\w+>", "\n", markup))


def packed(code: str) -> str:
    return f"<script>{code}</script>"


WRITTEN: dict[str, Callable[[str], str]] = {
    "next stream": lambda markup: flight(row(markup)),
    "next stream, in a row of JSON": lambda markup: flight(f"5:{json.dumps(data(markup))}\n"),
    "next data": lambda markup: f'<script id="__NEXT_DATA__" type="application/json">{escaped(data(markup))}</script>',
    "nuxt": lambda markup: packed(f"window.__NUXT__=(function(a){{return {{data:[{{body:{escaped(markup)}}}]}}}}(1))"),
    "apollo": lambda markup: packed(f'window.__APOLLO_STATE__={escaped({"Article:17": {"html": markup}})};'),
    "state in a string": lambda markup: packed(f"window.state=JSON.parse({escaped(json.dumps(data(markup)))});"),
    "escapes of scripts": lambda markup: packed(
        "var body=" + json.dumps(markup).replace("<", r"\x3c").replace("'", r"\'") + ";"
    ),
    "entities": lambda markup: packed(f"var data={json.dumps(data(html.escape(markup, quote=False)))};"),
    "JSON-LD": lambda markup: (
        f'<script type="application/ld+json">{escaped({"@type": "NewsArticle", "articleBody": markup})}</script>'
    ),
    "JSON-LD, plain": lambda markup: (
        '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "articleBody": plain(markup)})
        + "</script>"
    ),
}  # fmt: skip


def shell(script: str, *, title: str = TITLE, shown: str = '<div id="__next"></div>') -> str:
    return f"<html><head><title>{title} | Example University</title></head><body>{shown}{script}</body></html>"


@pytest.mark.parametrize("way", sorted(WRITTEN))
def test_a_text_in_a_script_is_read(way: str) -> None:
    page = shell(WRITTEN[way](MARKUP))
    reading = read(page)
    assert tuple(reading.text.split("\n\n"))[:2] == WHOLE[:2]
    assert reading.text.split("\n\n")[2].startswith(WHOLE[2])
    assert (reading.kind, reading.language) == ("article", "en")
    assert "it says more than the page shows" in reading.why["text"]
    assert instead_of(Page(reading.url, page.encode(), "text/html", FETCHED), {}, reading) is None


def test_its_headings_are_marked_and_its_links_are_its_own() -> None:
    markup = MARKUP.replace("Thank you", '<a href="/plans">the plans</a>')
    reading = read(shell(WRITTEN["next data"](markup)))
    assert f"## {HEADED}" in reading.markdown
    assert [(link.url, link.text) for link in reading.links] == [("http://www.example.org/plans", "the plans")]


@pytest.mark.parametrize("language", ["ko", "ru", "zh", "fa", "th"])
def test_in_any_script(language: str) -> None:
    title = PROSE[language][:40]
    reading = read(shell(WRITTEN["next stream"](f"<p>{PROSE[language]}</p><p>{PROSE[language]}</p>"), title=title))
    assert reading.text.split("\n\n")[0] == PROSE[language]


def test_the_text_is_the_longest_that_fits_the_title() -> None:
    strings = [CONSENT, "<p>University delegation visited.</p>", MARKUP]
    assert read(shell(packed(f"var all={escaped(strings)};"))).text.startswith(PROSE["en"])


@pytest.mark.parametrize(
    "script",
    [
        packed(f"var consent={escaped(CONSENT)};"),
        packed("var menu=" + escaped("<p>" + "<a href='/'>University delegation</a> <br>visited partner faculty<br>" * 30)),
        packed(f"var code={json.dumps('<p>if (a < b) ' * 40)};"),
        '<script type="application/ld+json">'
        + escaped([{"@type": "NewsArticle", "articleBody": f"{number} {'We met again. ' * 60}"} for number in range(3)])
        + "</script>",
    ],
    ids=["consent", "menu", "code", "articles of a list"],
)  # fmt: skip
def test_what_is_no_text_of_the_page_is_none(script: str) -> None:
    assert read(shell(script)).text == ""


def test_what_the_page_shows_comes_first() -> None:
    shown = "".join(f"<p>{PROSE[language]}</p>" for language in ("de", "fr"))
    reading = read(shell(WRITTEN["next data"](MARKUP * 9), shown=f"<h1>{TITLE}</h1><div>{shown}</div>"))
    assert reading.text.split("\n\n")[0] == PROSE["de"]
    assert "script" not in reading.why["text"]


def test_a_title_without_words_of_its_own_vouches_for_nothing() -> None:
    assert read(shell(WRITTEN["next data"](MARKUP), title="University")).text == ""


@given(st.text(st.sampled_from('"\\<p>u003c{}[]:,T\n\ud800é'), max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_script_is_reason_to_fail(text: str) -> None:
    script = text.encode("utf-8", "replace").decode()
    read(shell(packed(f'var x="{script}{escaped(MARKUP)[1:]}') + flight(script + row(MARKUP))))


@pytest.mark.parametrize(
    "script",
    ['"' * 500_000, '\\"' * 500_000, '{"a":"<p>' * 100_000, '"<p ' * 250_000, "0:T1," * 200_000, '"' + "<" * 900_000],
    ids=["quotes", "escaped quotes", "open objects", "open tags", "rows", "brackets"],
)
def test_a_hostile_script_costs_no_more_than_its_length(script: str) -> None:
    began = process_time()
    read(shell(packed(script) + packed(f"self.__next_f.push([1,{json.dumps(script)}])")))
    assert process_time() - began < 10, "a pattern that goes back takes minutes"
