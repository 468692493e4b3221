"""When a page was published and changed: by evidence, in the source's zone, and none rather than wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.reading import Found, Page, Rules, Selectors, read_page

from .pages import PROSE, article, read

DAY = date(2024, 3, 8)
_SELECTED = Rules(selectors=Selectors(published=".p"))


def _ld(**values: str) -> str:
    pairs = ",".join(f'"{key}":"{value}"' for key, value in {"@type": "NewsArticle", **values}.items())
    return f'<script type="application/ld+json">{{{pairs}}}</script>'


STATED = {
    "jsonld": ({"head": _ld(datePublished="2024-03-08T10:15:00+05:00")}, "jsonld"),
    "jsonld in a graph": (
        {
            "head": '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},'
            '{"@type":"Article","datePublished":"2024-03-08"}]}</script>'
        },
        "jsonld",
    ),
    "meta": ({"head": "<meta property='article:published_time' content='2024-03-08T10:15:00+05:00'>"}, "meta"),
    "dublin core": ({"head": "<meta name='DC.date.issued' content='2024-03-08'>"}, "meta"),
    "citation": ({"head": "<meta name='citation_publication_date' content='2024/03/08'>"}, "meta"),
    "itemprop": ({"before": "<span itemprop='datePublished' content='2024-03-08'>8 March</span>"}, "itemprop"),
    "time": ({"before": "<time class='entry-date' datetime='2024-03-08T10:00:00+00:00'>Friday</time>"}, "time"),
    "label": ({"before": "<p>Published: 8 March 2024</p>"}, "visible"),
    "label in a line of its own": (
        {"before": "<table><tr><td>Published on</td><td>8 March 2024</td></tr></table>"},
        "visible",
    ),
    "label at the foot": ({"after": "<p>Published: 8 March 2024</p>"}, "visible"),
    "bare line under the title": ({"before": "<div class='meta'>8 March 2024 | Press office</div>"}, "visible"),
    "glued to the author": ({"before": "<p><span>Press office</span><span>8 March 2024</span></p>"}, "visible"),
}


@pytest.mark.parametrize("where", sorted(STATED))
def test_published(where: str) -> None:
    around, method = STATED[where]
    fact = read(article(**around)).published
    assert fact is not None
    assert (fact.day, fact.method, fact.calendar) == (DAY, method, "gregorian")


UNSAID = {
    "time": "<p>By the press office, <time datetime='2024-03-08T10:00:00+05:00'>2 hours ago</time></p>",
    "a time without words": "<p>Press office <time datetime='2024-03-08'></time></p>",
    "a day without a year": "<div><span>Press office</span> <span class='date' data-date='2024-03-08'>8 March</span></div>",
    "seconds": "<div><span data-timestamp='1709892000'>10:00</span></div>",
    "milliseconds": "<div><span data-time='1709892000000'>a while ago</span></div>",
    "a tooltip": "<div><abbr class='timeago' title='2024-03-08T10:00:00Z'>long ago</abbr></div>",
    "a call": "<table><tr><td><script>showDate('2024/03/08 01:43:09')</script> 7 readers</td></tr></table>",
    "a call that writes": '<p>Press office <script>document.write(shorten("2024-03-08 10:00"));</script></p>',
}


ASIDE = {
    "a sidebar": "<aside><h3>Published</h3><p>8 March 2024</p><h3>Author</h3><p>A. Writer</p></aside>",
    "a footer": "<div class='footer'>Last changed: 9 March 2024<br>Published on: 8 March 2024</div>",
}


@pytest.mark.parametrize("where", sorted(ASIDE))
def test_published_by_a_label_aside(where: str) -> None:
    reading = read(article(after=ASIDE[where]))
    assert reading.published is not None
    assert (reading.published.day, reading.published.method, reading.modified) == (DAY, "visible", None)


@pytest.mark.parametrize("where", sorted(UNSAID))
def test_a_date_that_a_program_says_in_other_words(where: str) -> None:
    fact = read(article(before=UNSAID[where])).published
    assert fact is not None
    assert (fact.day, fact.method) == (DAY, "visible")


def test_what_a_line_says_comes_before_its_attributes() -> None:
    fact = read(article(before="<p>8 March 2024 <time datetime='2024-05-01'>two hours past</time></p>")).published
    assert fact is not None
    assert fact.day == DAY


def test_an_unsaid_change_is_one() -> None:
    reading = read(article(before="<p>Updated: <time datetime='2024-03-08'>last week</time></p>"))
    assert reading.published is None
    assert reading.modified is not None
    assert reading.modified.day == DAY


@pytest.mark.parametrize(
    "date_of",
    ["<time datetime='2024-03-08'>8 March 2024</time>", "<span class='date'>8 March 2024</span>"],
    ids=["time", "class"],
)
def test_a_date_inside_the_heading(date_of: str) -> None:
    title = "Delegation agrees on an exchange of lecturers, students and books with the old partner faculty by the sea"
    page = article(title=title).replace("<h1>", f"<h1><span>{date_of}</span> ")
    crumbs = f"<nav><ol class='breadcrumb'><li><a href='/'>Home</a></li><li>{title}</li></ol></nav>"
    fact = read(page.replace("<body>", f"<body>{crumbs}")).published
    assert fact is not None
    assert (fact.day, fact.method) == (DAY, "visible")


LABELLED = {
    "fa": "تاریخ انتشار: ۱۸ اسفند ۱۴۰۲",
    "ar": "تاريخ النشر: 8 آذار 2024",
    "ru": "Опубликовано: 8 марта 2024",
    "uk": "Опубліковано: 8 березня 2024",
    "kk": "Жарияланған күні: 2024 жылғы 8 наурыз",
    "ky": "Жарыяланды: 8-март 2024",
    "uz": "E’lon qilingan: 2024-yil 8-mart",
    "tg": "Санаи нашр: 8 марти соли 2024",
    "az": "Dərc olunub: 8 mart 2024",
    "tr": "Yayın Tarihi: 8 Mart 2024",
    "de": "Veröffentlicht am 8. März 2024",
    "fr": "Publié le 8 mars 2024",
    "es": "Publicado el 8 de marzo de 2024",
    "pt": "Publicado em 08/03/2024",
    "pl": "Data publikacji: 8 marca 2024",
    "id": "Diterbitkan: 8 Maret 2024",
    "el": "Ημερομηνία δημοσίευσης: 8 Μαρτίου 2024",
    "zh": "发布时间：2024年3月8日",
    "ja": "公開日：2024年3月8日",
    "ko": "등록일: 2024년 3월 8일",
}


@pytest.mark.parametrize("language", sorted(LABELLED))
def test_a_label_in_each_language(language: str) -> None:
    fact = read(article(language, after=f"<p>{LABELLED[language]}</p>")).published
    assert fact is not None
    assert (fact.day, fact.method) == (DAY, "visible")


CHANGED = {
    "en": "Changed on 8 March, 2024 - 17:58",
    "fa": "آخرین به‌روزرسانی: ۱۸ اسفند ۱۴۰۲ ساعت ۱۷:۵۸",
    "ru": "Изменено 8 марта, 2024 - 17:58",
    "kk": "Өзгертілген күні 8 наурыз, 2024 - 17:58",
    "de": "Zuletzt aktualisiert am 8. März 2024, 17:58 Uhr",
    "tr": "Son Güncelleme: 8 Mart 2024 17:58",
    "zh": "更新时间：2024年3月8日 17:58",
    "ar": "آخر تحديث: 8 آذار 2024 17:58",
}


@pytest.mark.parametrize("language", sorted(CHANGED))
def test_a_change_is_not_a_publication(language: str) -> None:
    reading = read(article(language, after=f"<div>{CHANGED[language]}</div>"), Rules(timezone="Asia/Almaty"))
    assert reading.published is None
    assert reading.modified is not None
    assert (reading.modified.day, reading.modified.precision, reading.modified.method) == (DAY, "minute", "visible")
    assert reading.modified.at == datetime(2024, 3, 8, 12, 58, tzinfo=UTC)


REFUSED = {
    "today in the header": {"before": "<div class='topbar'>Sunday, 22 November 2026</div>"},
    "a sidebar": {
        "after": "<div class='sidebar'><ul><li><a href='/x'>Library opens its reading room</a> 8 March 2024</li></ul></div>"
    },
    "latest news": {
        "after": "<div class='related'><p>8 March 2024</p><p><a href='/x'>Library opens its new reading room</a></p></div>"
    },
    "copyright": {"after": "<footer>© 8 March 2024 Academy</footer>"},
    "a copyright's years": {"after": "<p>Copyright 2019-2024 Academy of Letters</p>"},
    "a calendar": {"before": "<table class='calendar'><tr><td>8 March 2024</td></tr></table>"},
    "a month": {"before": "<p>Published: March 2024</p>"},
    "a year": {"head": "<meta name='date' content='2024'>"},
    "tomorrow": {"head": "<meta name='date' content='2027-03-08'>"},
    "prose": {
        "after": f"<p>{PROSE['en']} The first agreement had been signed on 8 March 2024 by both rectors in the great hall.</p>"
    },
    "a range": {"before": "<p>5-9 March 2024</p>"},
    "a birthday": {"before": "<p>8 March 1960</p>"},
    "the zero of a clock": {"head": "<meta property='article:published_time' content='1970-01-01T00:00:00Z'>"},
    "nonsense": {"head": "<meta property='article:published_time' content='0000-00-00'>"},
    "comments": {"after": "<div class='comments'><p>Reader, 8 March 2024</p></div>"},
    "a sidebar's labels": {
        "after": "<aside><h4><a href='/x'>Library opens its reading room to all readers</a></h4><p>Published: 8 March 2024</p></aside>"
    },
    "labels of a list aside": {
        "after": "<aside><p>Notes</p><p>Published: 8 March 2024</p><p>More notes</p><p>Published: 9 March 2024</p></aside>"
    },
    "a footer's update": {"after": "<footer>Last updated: 8 March 2024</footer>"},
    "a menu's label": {"after": "<nav><ul><li>Published: 8 March 2024</li></ul></nav>"},
    "a time in prose": {
        "before": "<p>The talks lasted until the evening; they began <time datetime='2024-03-08'>in spring</time>, when the guests "
        "of the old faculty had met its dean and staff.</p>"
    },
    "times of a list": {
        "before": "".join(f"<p><time datetime='2024-03-0{day}'>{day} days ago</time> Notes</p>" for day in (7, 8))
    },
    "a time in a sidebar": {"before": "<aside><p><time datetime='2024-03-08'>2 days ago</time></p></aside>"},
    "a time at the foot": {"after": "<p>Reader <time datetime='2024-03-08'>2 days ago</time></p>" * 2},
    "a name in a script": {"before": "<p>Press office <script>var until = '2024-03-08';</script></p>"},
    "a long script": {"before": f"<p>Press office <script>{'x();' * 80}show('2024-03-08')</script></p>"},
    "a menu": {"before": "<nav><ul><li>8 March 2024</li></ul></nav>"},
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_not_published_by(what: str) -> None:
    reading = read(article(**REFUSED[what]))
    assert (reading.published, reading.kind) == (None, "article")


@pytest.mark.parametrize("language", sorted(PROSE))
def test_a_page_without_a_date_has_none(language: str) -> None:
    reading = read(
        article(language, after="<footer>© 2019-2026</footer>"), Rules(languages=(language,), timezone="Asia/Tashkent")
    )
    assert (reading.published, reading.modified, reading.event) == (None, None, None)


def test_the_clock_over_the_title_is_not_the_date() -> None:
    clock = "<div>Sunday, 22 November 2026</div>"
    page = article().replace("<body>", f"<body>{clock}")
    assert read(page).published is None
    assert read(page.replace("22 November 2026", "20 November 2026")).published is not None


def test_the_address_states_the_day() -> None:
    fact = read(article(), url="http://www.example.org/news/2024/03/08/exchange").published
    assert fact is not None
    assert (fact.day, fact.at, fact.method) == (DAY, None, "url")


@pytest.mark.parametrize(
    ("stated", "day", "method"),
    [
        ("2024-03-08T22:30:00Z", DAY, "meta"),
        ("2024-03-09T01:30:00Z", DAY, "meta"),
        ("2024-05-01T10:00:00Z", DAY, "url"),
    ],
)
def test_the_address_settles_the_day(stated: str, day: date, method: str) -> None:
    head = f"<meta property='article:published_time' content='{stated}'>"
    fact = read(article(head=head), url="http://www.example.org/2024/03/08/exchange").published
    assert fact is not None
    assert (fact.day, fact.method) == (day, method)


def test_the_listing_is_believed_where_the_page_is_silent() -> None:
    found = Found(listed_date="8 March 2024")
    silent, stated = (
        read(article(), found=found).published,
        read(article(before="<p>Published: 7 March 2024</p>"), found=found).published,
    )
    assert silent is not None
    assert (silent.day, silent.method, silent.raw) == (DAY, "listing", "8 March 2024")
    assert stated is not None
    assert (stated.day, stated.method) == (date(2024, 3, 7), "visible")


@pytest.mark.parametrize(
    ("zone", "text", "day", "at"),
    [
        ("Asia/Tehran", "2024-03-08T22:00:00Z", date(2024, 3, 9), datetime(2024, 3, 8, 22, tzinfo=UTC)),
        ("Asia/Almaty", "2024-03-08T10:00:00", DAY, datetime(2024, 3, 8, 5, tzinfo=UTC)),
        (None, "2024-03-08T23:00:00-05:00", DAY, datetime(2024, 3, 9, 4, tzinfo=UTC)),
        (None, "2024-03-08T23:00:00", DAY, None),
        ("Asia/Tehran", "2024-03-08", DAY, None),
        ("No/Where", "2024-03-08T23:00:00", DAY, None),
    ],
)
def test_days_are_the_sources_and_moments_utc(zone: str | None, text: str, day: date, at: datetime | None) -> None:
    fact = read(article(head=_ld(datePublished=text)), Rules(timezone=zone)).published
    assert fact is not None
    assert (fact.day, fact.at, fact.raw) == (day, at, text)


def test_selectors_decide() -> None:
    page = article(
        head=_ld(datePublished="2024-05-01", dateModified="2024-05-02"),
        after="<p class='p'>8 March 2024</p><p class='m'>9 March 2024</p>",
    )
    reading = read(page, Rules(selectors=Selectors(published=".p", modified=".m")))
    assert reading.published is not None
    assert reading.modified is not None
    assert (reading.published.day, reading.published.method) == (DAY, "selector")
    assert (reading.modified.day, reading.modified.method) == (date(2024, 3, 9), "selector")


def test_a_selector_of_half_the_page_is_read_at_its_first_elements() -> None:
    empty = "<p class='p'>no date</p>"
    near, far = (read(article(before=empty * count + "<p class='p'>8 March 2024</p>"), _SELECTED) for count in (4, 5))
    assert near.published is not None
    assert (near.published.day, near.published.method) == (DAY, "selector")
    assert far.published is None or far.published.method != "selector"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", None], ids=["east", "west", "unknown"])
@pytest.mark.parametrize("year", [1, 9999])
def test_a_fetch_at_the_end_of_time_is_no_reason_to_fail(year: int, zone: str | None) -> None:
    fetched = datetime(1, 1, 1, tzinfo=UTC) if year == 1 else datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    stated = _ld(datePublished="9999-12-31T23:59:59Z", dateModified="yesterday")
    body = article(head=stated, before="<p>Published: 2 days ago</p>").encode()
    assert (
        read_page(
            Page("http://www.example.org/9998/12/31/x", body, "text/html", fetched), Rules(timezone=zone)
        ).published
        is None
    )


def test_of_one_day_in_two_calendars_the_sources_own_is_kept() -> None:
    line = "<p>تاريخ النشر: 27 شعبان 1445هـ الموافق 8 آذار 2024م</p>"
    gregorian, islamic = (
        read(article("ar", after=line)).published,
        read(article("ar", after=line), Rules(calendar="islamic")).published,
    )
    assert gregorian is not None
    assert (gregorian.day, gregorian.calendar) == (DAY, "gregorian")
    assert islamic is not None
    assert (islamic.calendar, abs((islamic.day - DAY).days) <= 1) == ("islamic", True)


EVENTS = {
    "fa": (
        "این نشست روز دوشنبه بیست و نهم مرداد ماه 1403 برگزار شد.",
        date(2024, 8, 19),
        "دوشنبه بیست و نهم مرداد ماه 1403",
        "persian",
    ),
    "en": (
        "The meeting from 5 to 9 September 2023 came first; it was signed on Friday, 8 March 2024 at noon.",
        DAY,
        "Friday, 8 March 2024",
        "gregorian",
    ),
    "ru": ("Соглашение подписали 8 марта 2024 года в главном зале.", DAY, "8 марта 2024 года", "gregorian"),
}


@pytest.mark.parametrize("language", sorted(EVENTS))
def test_the_texts_first_single_date_is_the_events(language: str) -> None:
    sentence, day, raw, calendar = EVENTS[language]
    page = article(language).replace("</p></div>", f"</p><p>{PROSE[language]} {sentence}</p></div>")
    event = read(page).event
    assert event is not None
    assert (event.day, event.raw, event.calendar, event.method, event.precision) == (day, raw, calendar, "body", "day")


def test_a_standing_page_has_no_event() -> None:
    sentence, *_ = EVENTS["en"]
    page = article(title="History").replace("</p></div>", f"</p><p>{PROSE['en']} {sentence}</p></div>")
    reading = read(page, url="http://www.example.org/about/history")
    assert (reading.kind, reading.event) == ("page", None)
