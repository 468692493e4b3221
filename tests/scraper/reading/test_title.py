"""The title is what a page's statements agree on, without the site's name, and never that name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading import Found, Rules, Selectors
from scraper.reading.title import Proposal, best_title, strip_names

from .pages import PROSE, article, read

TITLE = "Delegation agrees on exchange of lecturers"
BODY = f"<div><p>{PROSE['en']}</p><p>{PROSE['en']}</p></div>"


def _page(head: str, body: str) -> str:
    return f"<html><head>{head}</head><body>{body}{BODY}</body></html>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{TITLE} | Academy of Letters</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>Academy of Letters – {TITLE}</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} :: News :: Academy</title><meta property='og:title' content='{TITLE}'>", "<h1>Academy</h1>"),
        (f"<title>{TITLE} - Academy</title><meta property='og:site_name' content='Academy'>", ""),
        (f"<title>{TITLE} — Academy</title>", "<a href='/'><img src='/l.png' alt='Academy'></a>"),
        (f"<title>{TITLE} | Academy</title>", "<div class='footer'>© 2026 Academy</div>"),
        (f"<title>{TITLE} | Example</title>", ""),
        (f"<title>{TITLE} » Academy of Letters</title><meta property='og:title' content='{TITLE}'>", ""),
        (
            "<title>Academy of Letters</title>",
            f"<a href='/'>Academy of Letters</a><h1>Academy of Letters</h1><h2>{TITLE}</h2>",
        ),
        ("<title>Academy University</title>", f"<div class='t'><a href='#'>{TITLE}</a></div>"),
        (
            f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}"}}</script><title>News</title>',
            f"<h3>{TITLE}</h3>",
        ),
        (f"<meta property='og:title' content='{TITLE}'><title>{TITLE}</title>", "<h1>Academy News Portal</h1>"),
        ("<title>Home</title>", "<h1>Delegation agrees<br>on exchange <span>of lecturers</span></h1>"),
    ],
)
def test_title_of_a_page(head: str, body: str) -> None:
    assert read(_page(head, body)).title == TITLE


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ("<title>Samarkand State Medical University</title>", ""),
        ("<title>پرتال دانشگاه علوم پزشکی</title>", ""),
        ("<title>Academy</title><meta property='og:site_name' content='Academy'>", "<h1>Academy</h1>"),
        ("<title>www.example.org</title>", ""),
        ("<title>You are here</title>", "<h2>You are here</h2>"),
        ("<title>Academy</title>", "<h1><a href='/'>Academy</a></h1>"),
    ],
)
def test_the_sites_own_name_is_no_title(head: str, body: str) -> None:
    assert read(_page(head, body)).title is None


def test_the_anchor_is_evidence() -> None:
    page = _page("<title>Portal of the region</title>", f"<h1>Portal of the region</h1><h2>{TITLE}</h2>")
    assert read(page, found=Found(anchor=TITLE)).title == TITLE


def test_the_sources_selector_decides() -> None:
    assert (
        read(article(before="<p class='t'>Chosen <b>title</b></p>"), Rules(selectors=Selectors(title="p.t"))).title
        == "Chosen title"
    )


def test_of_two_h1_the_one_over_the_body_is_taken() -> None:
    assert read(_page("<title>x</title>", f"<h1>Letters of the Academy</h1><h1>{TITLE}</h1>")).title == TITLE


@pytest.mark.parametrize(
    ("text", "names", "stripped"),
    [
        ("A - B", {"b"}, "A"),
        ("B | A", {"b"}, "A"),
        ("A :: News :: B", {"b"}, "A :: News"),
        ("A-B", {"b"}, "A-B"),
        ("B", {"b"}, "B"),
        ("新华社消息_新华网", {"新华网"}, "新华社消息"),
        ("Year 2021 - 2022", {"b"}, "Year 2021 - 2022"),
    ],
)
def test_names_are_stripped_from_the_ends(text: str, names: set[str], stripped: str) -> None:
    assert strip_names(text, frozenset(names)) == stripped


@given(st.text(), st.frozensets(st.text(min_size=1)))
def test_stripping_takes_only_from_the_ends(text: str, names: frozenset[str]) -> None:
    stripped = strip_names(text, names)
    assert stripped in text
    assert bool(stripped) <= bool(text.strip())


SENTENCE = st.text("abcdefg ", min_size=5).filter(str.strip).map(str.strip)


@given(SENTENCE, SENTENCE)
def test_two_that_agree_beat_one_that_does_not(one: str, other: str) -> None:
    proposals = [Proposal(one, "h1"), Proposal(other, "og"), Proposal(other, "title")]
    assert best_title(proposals) == (one if one.split() == other.split() else other)
