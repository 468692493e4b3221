"""The parts together: links, records, what is refused, and that no input breaks the reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from scraper.reading import BadRecord, Found, Link, NotReadable, Reading, ReadingError, RecordFields, Rules
from scraper.reading.phrases import fold, phrases
from scraper.reading.places import place_of

from .pages import PROSE, article, read


def test_links_and_images_of_the_body() -> None:
    marked = (
        PROSE["en"]
        .replace("partner faculty", "<a href='../partner?x=1'>partner faculty</a>")
        .replace("joint research", "<a href='mailto:a@b'>joint research</a>")
    )
    page = article(before="<nav><a href='/menu'>Menu</a></nav><img src='/logo.png'>").replace(
        PROSE["en"], marked + "<img src='/hall.jpg'><img src='data:image/gif;base64,AA'>", 1
    )
    reading = read(page, url="http://www.example.org/news/17")
    assert reading.links == (Link("http://www.example.org/partner?x=1", "partner faculty"),)
    assert reading.images == ("http://www.example.org/hall.jpg",)


def test_a_link_that_is_not_in_the_text_is_not_the_articles() -> None:
    inside = "<p>Read also: <a href='/x'>The library opens its new reading room</a></p>"
    assert read(article().replace("</p><p>", f"</p>{inside}<p>", 1)).links == ()


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "mailto:a@b.org",
        "tel:+998",
        "#top",
        "",
        "data:text/html,x",
        "http://[bad",
        "ftp://example.org/x",
    ],
)
def test_what_is_no_page_is_no_link(href: str) -> None:
    marked = PROSE["en"].replace("partner faculty", f"<a href='{href}'>partner faculty</a>")
    assert read(article().replace(PROSE["en"], marked)).links == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<link rel='canonical' href='/news/17?lang=en'>", "http://www.example.org/news/17?lang=en"),
        ("<base href='http://cdn.example.org/'><link rel=canonical href='a'>", "http://cdn.example.org/a"),
        ("<link rel='canonical' href='javascript:x'>", None),
        ("", None),
    ],
)
def test_canonical_address(head: str, expected: str | None) -> None:
    assert read(article(head=head)).canonical_url == expected


def test_byline() -> None:
    authors = '[{"@type":"Person","name":"A. Author"},{"name":"B. Author"}]'
    head = f'<script type="application/ld+json">{{"@type":"Article","author":{authors}}}</script>'
    assert read(article(head=head)).byline == "A. Author, B. Author"
    assert read(article(head="<meta name='author' content='C. Author'>")).byline == "C. Author"
    assert read(article()).byline is None


RECORD = RecordFields(
    title="data.title", body="data.body", published="data.created", modified="data.updated", byline="data.0"
)


def _record(**data: object) -> bytes:
    values = {"title": "Делегация", "body": f"<p>{PROSE['ru']}</p><ul><li>один</li></ul>", **data}
    return json.dumps({"data": values}, ensure_ascii=False).encode()


def test_a_json_record() -> None:
    body = _record(created="2026-11-19T10:00:00+05:00", updated="2026-11-20T10:00:00+05:00")
    reading = read(body, Rules(record=RECORD, timezone="Asia/Almaty"), content_type="application/json")
    assert (reading.kind, reading.title, reading.language, reading.byline) == ("article", "Делегация", "ru", None)
    assert reading.text == f"{PROSE['ru']}\n\n- один"
    assert reading.published is not None
    assert reading.modified is not None
    assert (reading.published.day.isoformat(), reading.published.method) == ("2026-11-19", "record")
    assert reading.modified.day.isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("One line.\n\nAnother < line & more.", ["One line.", "Another < line & more."]),
        ("One line.\nAnother.", ["One line.", "Another."]),
        ("a<br>b", ["a\nb"]),
    ],
)
def test_a_record_of_plain_text(body: str, paragraphs: list[str]) -> None:
    assert read(_record(body=body), Rules(record=RECORD)).text.split("\n\n") == paragraphs


@pytest.mark.parametrize("body", ["", None, "<p> </p>"])
def test_a_record_without_a_text_is_nothing(body: str | None) -> None:
    assert read(_record(body=body), Rules(record=RECORD)).kind == "none"


@pytest.mark.parametrize(
    "answer", [b"<html>", b"", b"[]", b'{"data": []}', b'{"data": {"title": "x"}}', b'"data"', b"[" * 100_000]
)
def test_a_bad_record_says_what_is_wrong(answer: bytes) -> None:
    with pytest.raises(BadRecord, match=r"http://www\.example\.org/news/17: (is not JSON|has no field 'data\.)"):
        read(answer, Rules(record=RECORD))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 x", "text/html"),
        (b"PK\x03\x04 x", None),
        (b"\x89PNG\r\n", None),
        (b"\xff\xd8\xff\xe0", "text/html"),
        (b"<p>x</p>", "application/pdf"),
    ],
)
def test_what_is_no_page_is_refused(body: bytes, content_type: str | None) -> None:
    with pytest.raises(NotReadable, match="is not HTML") as refused:
        read(body, content_type=content_type)
    assert refused.value.url == "http://www.example.org/news/17"


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/xhtml+xml", "nonsense", "text/html; charset=nonsense"]
)
def test_an_odd_content_type_is_no_obstacle(content_type: str | None) -> None:
    assert read(article(), content_type=content_type).kind == "article"


@pytest.mark.parametrize("language", ["en", "fa", "uz-Cyrl"])
def test_a_reading_survives_json(language: str) -> None:
    page = article(
        language,
        before="<p>Published: 8 March 2024</p>",
        head="<meta name='DC.date.issued' content='2024-03-08T10:00:00Z'>",
    )
    reading = read(page, Rules(timezone="Asia/Tashkent"), Found(anchor="x"))
    assert Reading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


HOSTILE = {
    "deep div": "<div>" * 100_000 + PROSE["en"] + "</div>" * 100_000 + f"<p>{PROSE['en']}</p>",
    "deep font": "<p>" + "<font>word " * 100_000,
    "deep list": "<ul><li>" * 50_000 + PROSE["en"],
    "unclosed comments": "<!--" * 100_000,
    "angle brackets": "<" * 200_000,
    "deep JSON-LD": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "many attributes": "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + f"><p>{PROSE['en']}</p></div>",
    "separators": "<title>" + "a | " * 50_000 + "</title>",
    "digits": "<p>" + "1" * 500_000 + "</p>",
    "forbidden characters": "<p>\x00\x0b\ufffe&#0;&#x1F;</p>" * 1000,
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_hostile_pages_are_read(what: str) -> None:
    assert read(f"<html><body>{HOSTILE[what]}</body></html>").kind in {"article", "page", "listing", "none"}


def test_words_below_the_depth_that_parsers_stop_at_are_kept() -> None:
    assert PROSE["en"] in read(f"<html><body>{HOSTILE['deep div']}</body></html>").text


@given(st.binary(max_size=3000), st.sampled_from(["text/html", "text/html; charset=gbk", None]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str | None) -> None:
    try:
        reading = read(body, content_type=content_type)
    except ReadingError:
        return
    assert Reading.from_json(reading.to_json()) == reading


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "td",
        "table",
        "li",
        "ul",
        "a href=/x",
        "h1",
        "span",
        "br",
        "time",
        "title",
        "script",
        "form",
        "/p",
        "/div",
        "/table",
        "/a",
    ]
)


@given(
    st.lists(
        st.tuples(TAGS, st.sampled_from([PROSE["en"], PROSE["fa"], "8 March 2024", "Read also:", "", "You are here"])),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_markup_is_read(parts: list[tuple[str, str]]) -> None:
    reading = read("".join(f"<{tag}>{text}" for tag, text in parts))
    assert "\u200c" not in reading.text or "گفت\u200cوگو" in reading.text


def test_a_label_speaks_of_one_thing() -> None:
    assert phrases("published") & phrases("modified") == frozenset()
    assert phrases("chrome") & (phrases("published") | phrases("modified")) == frozenset()


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ("<div class='breadcrumb'>", "crumbs"),
        ("<div class='sideBar left'>", "side"),
        ("<ul id='main-menu'>", "menu"),
        ("<div class='site-footer'>", "foot"),
        ("<div role='navigation'>", "menu"),
        ("<div class='header'>", "top"),
        ("<header>", "top"),
        ("<div class='social_share'>", "box"),
        ("<div class='no-sidebar'>", ""),
        ("<div class='has-footer'>", ""),
        ("<div class='article-body share'>", ""),
        ("<main class='menu'>", ""),
        ("<div class='page-wrapper'>", ""),
        ("<div>", ""),
        ("<div class='sidebar'><h1>x</h1>", ""),
        ("<header><h1>x</h1>", ""),
        ("<div class='commentary'>", ""),
    ],
)
def test_places(markup: str, place: str) -> None:
    assert place_of(document_fromstring(f"<html><body>{markup}text</body></html>").find("body")[0]) == place


@pytest.mark.parametrize(
    "shown",
    ["Delegation agrees, on exchange - of lecturers!", "Delegation agrees on exchange"],
    ids=["signs", "without its end"],
)
def test_the_line_that_shows_the_title_may_differ_in_signs(shown: str) -> None:
    """A date is looked for beside the title: here ten lines over the text, where nothing else tells that it is the page's."""
    lines = "".join(f"<p>Part {number}</p>" for number in "abcdefghij")
    page = article(before=f"<p>8 March 2024</p>{lines}").replace(
        "<h1>Delegation agrees on exchange of lecturers", f"<h1>{shown}"
    )
    told = "<meta property='og:title' content='Delegation agrees on exchange of lecturers'>"
    named = page.replace("</head>", f"{told}</head>").replace(
        "<body>", "<body><ol class='breadcrumb'><li>Delegation agrees on exchange of lecturers</li></ol>"
    )
    assert read(named).published is not None


def test_a_heading_with_a_date_in_it_shows_the_title() -> None:
    """Otherwise the breadcrumb does, and the menu under it makes the page a listing."""
    title = "Delegation agrees on exchange of lecturers"
    menu = "".join(
        f"<p><a href='/{name}'>Office of the {name} and its people</a></p>"
        for name in ("rector", "dean", "press", "museum")
    )
    crumbs = f"<ol class='breadcrumb'><li><a href='/'>Home</a></li><li>{title}</li></ol>"
    heading = f"<h1><time>1 February 2024</time> <span>{title}</span></h1>"
    page = f"<html><head><title>{title}</title></head><body>{crumbs}<div>{menu}</div>{heading}<p>{PROSE['en']}</p></body></html>"
    assert read(page).kind == "article"
