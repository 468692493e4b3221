"""The title is what a page's statements agree on, without the site's name, and never that name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading import Found, Rules, Selectors
from scraper.reading.document import document
from scraper.reading.markup import parse
from scraper.reading.proposals import Proposal
from scraper.reading.title import extract_title
from scraper.reading.title_parts import clean, letters, strip_names
from scraper.reading.title_votes import elect

from .pages import PROSE, article, read

TITLE = "Delegation agrees on exchange of lecturers"
OTHER = "Exchange: lecturers to go abroad soon"
REWORDED = "Lecturers: delegation agrees on an exchange"
BODY = f"<div><p>{PROSE['en']}</p><p>{PROSE['en']}</p></div>"


def _page(head: str, body: str) -> str:
    return f"<html><head>{head}</head><body>{body}{BODY}</body></html>"


def _json_ld(headline: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"}}</script>'


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
            f"{_json_ld(TITLE)}<title>News</title>",
            f"<h3>{TITLE}</h3>",
        ),
        (f"<meta property='og:title' content='{TITLE}'><title>{TITLE}</title>", "<h1>Academy News Portal</h1>"),
        ("<title>Home</title>", "<h1>Delegation agrees<br>on exchange <span>of lecturers</span></h1>"),
        # The CMS says one field again and again; the headline is what people see.
        (
            f"<title>{REWORDED}</title><meta property='og:title' content='{REWORDED}'>{_json_ld(REWORDED)}",
            f"<h1>{TITLE}</h1>",
        ),
        # A heading that has nothing of what the page says of itself is the site's or another page's.
        (f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>", "<h1>Library opening hours</h1>"),
        # The h1 is the breadcrumb's last item, and people see the h2.
        (
            f"{_json_ld(TITLE)}<title>{OTHER}</title>",
            f"<ul class='path'><li><a href='/n'>News</a></li><li><h1>{OTHER}</h1></li></ul><h2>{TITLE}</h2>",
        ),
        (
            f"<title>{OTHER}</title><meta property='og:title' content='{TITLE}'>",
            f"<h1 class='sr-only'>{OTHER}</h1><h2>{TITLE}</h2>",
        ),
        # A kicker, a date or a byline inside the h1.
        (
            f"<meta property='og:title' content='{TITLE}'>",
            f"<h1><span class='art__kicker'>Exchange</span><span class='art__headline'>{TITLE}</span></h1>",
        ),
        (f"<title>{TITLE} | Portal</title>", f"<h1>{TITLE}<small>02.02.2022</small></h1>"),
        # Cut off: by a quote in the attribute, by an ellipsis.
        (f"<meta property='og:title' content='Delegation agrees on exch…'><title>{TITLE}</title>", ""),
        # No heading: the line over the text that <title> begins with.
        (f"<title>{TITLE}, official site of the region</title>", f"<div class='t'>{TITLE}</div>"),
        (f"<title>{TITLE}ㅣNewsㅣDaily</title>", f"<div>{TITLE}</div>"),
        (f"<title>23.01.2022 - {TITLE}</title>", ""),
        ("<title>Delegation agrees on ex&amp;shy;change of lec\u00adturers</title>", ""),
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
        ("<title>示例交通大学</title>", ""),
        ("<title>Academy</title><meta property='og:site_name' content='Academy'>", "<h1>Academy</h1>"),
        ("<title>www.example.org</title>", ""),
        ("<title>You are here</title>", "<h2>You are here</h2>"),
        ("<title>Academy</title>", "<h1><a href='/'>Academy</a></h1>"),
    ],
)
def test_the_sites_own_name_is_no_title(head: str, body: str) -> None:
    assert read(_page(head, body)).title is None


@pytest.mark.parametrize(
    "title",
    [
        "جامعة المثال توقع اتفاقية تعاون جديدة مع جامعة أخرى",
        "示例大学与伙伴大学签署关于交换教师和学生的合作协议",
        "Example University signs an agreement",
    ],
)
def test_news_of_an_institution_is_a_title(title: str) -> None:
    assert read(_page(f"<title>{title}</title>", "")).title == title


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


def test_a_kicker_that_machines_are_told_with_the_title_is_of_it() -> None:
    head = f"<meta property='og:title' content='Exchange: {TITLE}'><title>Exchange: {TITLE} | Academy</title>"
    heading = f"<h1><span class='kicker'>Exchange</span><span>{TITLE}</span></h1>"
    assert read(_page(head, heading)).title == f"Exchange: {TITLE}"


def test_the_footers_links_to_articles_are_no_names() -> None:
    footer = f"<footer><ul><li><a href='/1'>{TITLE}</a></li></ul></footer>"
    assert read(_page(f"<title>{TITLE} | Letters of the East</title>", footer)).title != "Letters of the East"


def test_a_lesser_heading_that_repeats_the_end_of_the_h1_is_not_the_title() -> None:
    title = f"{TITLE} – what we expect of it"
    head = f"<title>{title}</title><meta property='og:title' content='{title}'>"
    assert read(_page(head, f"<h1>{title}</h1><h3>What we expect of it</h3>")).title == title


def test_a_headline_told_to_machines_keeps_what_the_footer_only_mentions() -> None:
    title = f"Exchange : {TITLE}"
    head = f"<title>{title}</title><meta property='og:title' content='{title}'>"
    footer = "<footer>© Exchange<ul><li>Exchange</li></ul></footer>"
    assert read(_page(head, f"<h1>{title}</h1>{footer}")).title == title


def test_names_known_for_a_site_are_no_titles_and_are_stripped() -> None:
    tree = parse(_page(f"<title>{TITLE} - Letters of the East</title>", "<h1>Letters of the East</h1>"))
    told = extract_title(document("https://news.example.org/1", tree), None, site_names=["Letters of the East"])
    assert told.value == TITLE


@pytest.mark.parametrize(
    ("head", "body", "why"),
    [
        (
            f"<title>{TITLE} | Example</title><meta property='og:title' content='{TITLE}'>",
            f"<h1>{TITLE}</h1>",
            "h1, og:title and <title> agree; stripped 'Example'",
        ),
        ("", f"<h1>{TITLE}</h1>", "h1 alone"),
        ("", "", "nothing but the site's own names"),
    ],
)
def test_the_evidence_names_who_agreed_and_what_was_stripped(head: str, body: str, why: str) -> None:
    assert read(_page(head, body)).why["title"] == why


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("A &amp; B", "A & B"),
        ("A&nbsp;&quot;B&quot;", 'A "B"'),
        ("lec\u00adturers\u200b", "lecturers"),
        ("می\u200cشود", "می\u200cشود"),
        ("...: A", "A"),
        ("R&D; news", "R&D; news"),
    ],
)
def test_titles_are_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


SENTENCE = st.text("abcdefg ", min_size=5).filter(str.strip).map(str.strip)


@given(SENTENCE, SENTENCE)
def test_two_that_agree_beat_one_that_does_not(one: str, other: str) -> None:
    proposals = [Proposal(one, "heading"), Proposal(other, "h1"), Proposal(other, "title")]
    assert elect(proposals, frozenset(), []).value == (
        one if letters(one) == letters(other) and len(one) > len(other) else other
    )


@given(
    st.lists(st.tuples(st.text(), st.sampled_from(["h1", "inner", "jsonld", "og", "title", "line"]))),
    st.frozensets(st.text()),
)
def test_whatever_is_proposed_the_title_is_one_of_it(said: list[tuple[str, str]], lines: frozenset[str]) -> None:
    told = elect([Proposal(text, source) for text, source in said], frozenset(), lines)  # type: ignore[arg-type]
    assert told.value is None or told.value in {text for text, _ in said}
