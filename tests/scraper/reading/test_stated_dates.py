"""Where sites put the day of publication: markup seen on many, in our own words. And what there is no such day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.reading import Rules

from .pages import PROSE, article, read

DAY = date(2024, 3, 8)
LIST = "".join(
    f"<div class='item'><span class='date'>{day} March 2024</span><p>A short line about it</p></div>"
    for day in (5, 6, 7)
)

STATED = {
    "a meta tag with colons": ({"head": "<meta name='article:published:time' content='2024-03-08T10:00:00'>"}, "meta"),
    "a JSON-LD script broken by its headline": (
        {
            "head": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The "great" hall",'
            '"datePublished":"2024-03-08T10:00:00+05:00"}</script>'
        },
        "jsonld",
    ),
    "a JSON-LD script with a comma too many": (
        {"head": '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-03-08",}</script>'},
        "jsonld",
    ),
    "a recipe's JSON-LD": (
        {"head": '<script type="application/ld+json">{"@type":"HowTo","datePublished":"2024-03-08"}</script>'},
        "jsonld",
    ),
    "the neighbour's JSON-LD first": (
        {
            "head": '<script type="application/ld+json">[{"@type":"NewsArticle","url":"http://www.example.org/news/16",'
            '"datePublished":"2024-02-01"},{"@type":"NewsArticle","mainEntityOfPage":{"@id":"http://www.example.org/news/17"},'
            '"datePublished":"2024-03-08"}]</script>'
        },
        "jsonld",
    ),
    "Java's date": (
        {
            "head": '<script type="application/ld+json">{"@type":"NewsArticle",'
            '"datePublished":"Fri Mar 08 19:20:36 CET 2024"}</script>'
        },
        "jsonld",
    ),
    "microdata before a CMS' own date": (
        {
            "head": "<meta name='date' content='2024-02-01'>",
            "before": "<time itemprop='datePublished' datetime='2024-03-08'>8 March</time>",
        },
        "itemprop",
    ),
    "the article's line before a CMS' own date": (
        {"head": "<meta name='DC.date' content='2024-02-01'>", "before": "<p class='date'>8 March 2024</p>"},
        "visible",
    ),
    "a permalink": ({"before": "<p><a href='/2024/8'>8 March 2024</a></p>"}, "visible"),
    "buttons beside the date": (
        {"before": "<p>8 March 2024 | <a href='/p'>Print</a> | <a href='/m'>Send by mail</a> | <a>Comment</a></p>"},
        "visible",
    ),
    "a telling class under the text": (
        {"after": "<div class='submitted'>Put in by the press office on 8 March 2024 - 18:55</div>"},
        "visible",
    ),
    "a dateline": ({"before": f"<p>Astana, 8 March 2024 – {PROSE['en']}</p>"}, "visible"),
    "a script's data": (
        {"after": '<script>var page = {"kind": "news", "publishedAt": "2024-03-08T09:00:00", "n": 1}</script>'},
        "script",
    ),
    "a script's data in a string": (
        {"after": r'<script>load("{\"publish_date\":\"2024-03-08\",\"n\":1}")</script>'},
        "script",
    ),
}


@pytest.mark.parametrize("where", sorted(STATED))
def test_published(where: str) -> None:
    around, method = STATED[where]
    fact = read(article(**around)).published
    assert fact is not None
    assert (fact.day, fact.method) == (DAY, method)


REFUSED = {
    "a list under the text": {"after": LIST},
    "a headline's date beside the title": {
        "before": "<p><a href='/x'>The library opens its new reading room on the hill</a> 8 March 2024</p>"
    },
    "a script's data of several days": {
        "after": '<script>var all = [{"publishedAt": "2024-03-08"}, {"publishedAt": "2024-03-07"}]</script>'
    },
    "a script's words": {"after": '<script>var text = "published on 8 March 2024"</script>'},
    "a date in a sentence that opens the text": {
        "before": f"<p>The agreement was signed on 8 March 2024 by both rectors. {PROSE['en']}</p>"
    },
    "a class in the page's top": {"before": "<div class='topbar'><span class='date'>8 March 2024</span></div>"},
    "a CMS' modification": {"head": "<meta property='og:updated_time' content='2024-03-08T10:00:00'>"},
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_not_published_by(what: str) -> None:
    assert read(article(**REFUSED[what])).published is None


def test_a_moment_in_greenwich_is_on_the_day_that_the_page_shows() -> None:
    head = "<meta property='article:published_time' content='2024-03-09T01:30:00Z'>"
    line = "<p class='date'>8 March 2024</p>"
    shown, silent = read(article(head=head, before=line)).published, read(article(head=head)).published
    assert shown is not None
    assert (shown.day, shown.at, shown.method) == (DAY, datetime(2024, 3, 9, 1, 30, tzinfo=UTC), "meta")
    assert silent is not None
    assert silent.day == date(2024, 3, 9)


def test_a_moment_with_the_sources_offset_is_on_its_own_day() -> None:
    head = "<meta property='article:published_time' content='2024-03-09T13:30:00-05:00'>"
    fact = read(article(head=head), url="http://www.example.org/2024/03/08/exchange").published
    assert fact is not None
    assert fact.day == date(2024, 3, 9)


def test_a_known_zone_decides_before_what_the_page_shows() -> None:
    head = "<meta property='article:published_time' content='2024-03-08T22:00:00Z'>"
    line = "<p class='date'>8 March 2024</p>"
    fact = read(article(head=head, before=line), Rules(timezone="Asia/Tehran")).published
    assert fact is not None
    assert fact.day == date(2024, 3, 9)


def test_a_class_of_change_is_no_publication() -> None:
    reading = read(article(after="<p class='last-modified'>8 March 2024</p>"))
    assert reading.published is None
    assert reading.modified is not None
    assert reading.modified.day == DAY


def test_a_site_may_write_dates_in_another_language_than_its_news() -> None:
    fact = read(article("en", before="<p class='info'>8 մարտի 2024</p>")).published
    assert fact is not None
    assert fact.day == DAY


def test_a_list_between_title_and_text_is_not_beside_the_title() -> None:
    rows = "".join(f"<li>{number} places are free</li>" for number in range(10, 40))
    assert read(article(before=f"<ul>{rows}<li>8 March 2024 18:00 an evening</li>{rows}</ul>")).published is None


def test_the_day_that_the_address_settled_stays() -> None:
    head = "<meta property='article:published_time' content='2024-03-08T23:30:00Z'>"
    line = "<p class='date'>9 March 2024</p>"
    fact = read(article(head=head, before=line), url="http://www.example.org/2024/03/08/exchange").published
    assert fact is not None
    assert fact.day == DAY


def test_midnight_of_1_january_is_a_programs_default() -> None:
    head = "<meta property='article:published_time' content='2024-01-01T00:00:00+05:00'>"
    alone, shown = read(article(head=head)).published, read(article(head=head, before="<p>8 March 2024</p>")).published
    assert alone is not None
    assert (alone.day, alone.confidence) == (date(2024, 1, 1), 0.5)
    assert shown is not None
    assert (shown.day, shown.method) == (DAY, "visible")
