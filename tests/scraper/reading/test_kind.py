"""An article, a standing page, a listing, or nothing."""

from __future__ import annotations

import pytest

from scraper.reading import Found, Rules

from .pages import PROSE, article, read

HEADLINES = [
    "The library opens its new reading room to visitors",
    "Twenty students leave for a semester in Hanoi",
    "A laboratory for soil research was opened on Monday",
    "The rector met the ambassador of a neighbouring country",
    "A summer school brings engineers to the old campus",
    "Volunteers planted four hundred trees by the river",
]
TEASER = "The guests were shown the building and the plans for the next year, and they stayed until the evening. "


def _listing(item: str, count: int = 6) -> str:
    items = "".join(item.format(headline=headline, number=number) for number, headline in enumerate(HEADLINES[:count]))
    return f"<html><head><title>News | Academy</title></head><body><h1>News</h1><div>{items}</div></body></html>"


ITEMS = {
    "headlines": "<li><a href='/n/{number}'>{headline}</a></li>",
    "headlines with dates": "<p>1{number} March 2024 <a href='/n/{number}'>{headline}</a></p>",
    "cards": f"<div><h3><a href='/n/{{number}}'>{{headline}}</a></h3><p>{TEASER}</p><a href='/n/{{number}}'>More</a></div>",
    "teasers": f"<div class='teaser'><h2><a href='/n/{{number}}'>{{headline}}</a></h2>"
    f"<span>1{{number}} March 2024</span><p>{TEASER * 2}</p></div>",
    "table": "<table><tr><td>1{number}.03.2024</td><td><a href='/n/{number}'>{headline}</a></td></tr></table>",
}


@pytest.mark.parametrize("item", sorted(ITEMS))
@pytest.mark.parametrize("count", [4, 6])
def test_a_listing(item: str, count: int) -> None:
    assert read(_listing(ITEMS[item], count), url="http://www.example.org/news").kind == "listing"


def test_a_listing_has_no_date_of_its_own() -> None:
    reading = read(
        _listing(ITEMS["headlines"]).replace("</h1>", "</h1><p>Published: 8 March 2024</p>"),
        url="http://www.example.org/news",
    )
    assert (reading.kind, reading.published, reading.event) == ("listing", None, None)


@pytest.mark.parametrize("item", ["cards", "teasers"])
def test_a_last_page_of_two_is_still_a_listing(item: str) -> None:
    assert read(_listing(ITEMS[item], 2), url="http://www.example.org/news?page=9").kind == "listing"


@pytest.mark.parametrize("item", sorted(ITEMS))
@pytest.mark.parametrize("where", ["before", "after"])
def test_an_article_with_a_list_of_others_is_an_article(item: str, where: str) -> None:
    others = "".join(ITEMS[item].format(headline=headline, number=number) for number, headline in enumerate(HEADLINES))
    page = article(**{where: f"<div class='sidebar'>{others}</div>"})
    assert read(page).kind == "article"


@pytest.mark.parametrize("item", ["headlines", "headlines with dates", "table"])
def test_an_article_over_an_unnamed_list_is_an_article(item: str) -> None:
    others = "".join(ITEMS[item].format(headline=headline, number=number) for number, headline in enumerate(HEADLINES))
    assert read(article(before="<p>Published: 8 March 2024</p>", after=f"<div>{others}</div>")).kind == "article"


def test_a_short_article_with_its_day_in_the_address_is_no_listing() -> None:
    others = "".join(
        ITEMS["cards"].format(headline=headline, number=number) for number, headline in enumerate(HEADLINES)
    )
    page = f"<html><body><h1>Delegation agrees on exchange</h1><div><p>{PROSE['en'][:150]}.</p></div><div>{others}</div></body></html>"
    assert read(page, url="http://www.example.org/news/2024/03/08/exchange").kind == "article"
    assert read(page, url="http://www.example.org/news/2024/03/08/").kind == "listing"


@pytest.mark.parametrize("language", ["en", "fa", "ru", "zh", "ar", "uz"])
def test_prose_with_a_heading_is_an_article(language: str) -> None:
    titles = {
        "fa": "هیئت دانشگاه از دانشکده همکار بازدید کرد",
        "zh": "我校代表团访问合作学院并达成一致",
        "ar": "وفد الجامعة يزور الكلية الشريكة هذا الأسبوع",
    }
    assert (
        read(article(language, title=titles.get(language, "Delegation agrees on exchange of lecturers"))).kind
        == "article"
    )


def _page(title: str, text: str) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"


NOTHING = {
    "an empty body": "<html><body></body></html>",
    "a shell for a script": "<html><head><title>Ministry</title></head><body><div id='root'></div><script src='/a.js'></script>",
    "a soft 404": _page(
        "Page not found",
        "We looked everywhere in the house and in the garden, and the page that you were looking for was in neither of "
        "them. Please go back to where you came from.",
    ),
    "a soft 404 in Persian": _page(
        "صفحه مورد نظر یافت نشد",
        "لطفاً نشانی را بررسی کنید یا به صفحه نخست بازگردید و دوباره جست‌وجو کنید. اگر مشکل ادامه داشت با مدیر پایگاه تماس بگیرید "
        "و نشانی کامل را برای او بفرستید.",
    ),
    "a challenge": _page(
        "Just a moment...",
        "Checking your browser before accessing the site. This process is automatic and your browser will be sent on to "
        "the page shortly; please allow up to five seconds.",
    ),
    "a word": "<html><body>OK</body></html>",
    "white space": "  \n ",
}


@pytest.mark.parametrize("what", sorted(NOTHING))
@pytest.mark.parametrize("kind", [None, "article"])
def test_nothing_to_read(what: str, kind: str | None) -> None:
    rules = Rules(kind="article") if kind else Rules()
    assert read(NOTHING[what], rules).kind == "none"


def test_an_article_about_a_missing_page_is_an_article() -> None:
    page = article(title="Page not found: how a library searched for a lost manuscript").replace(
        "</p></div>", f"</p><p>{PROSE['en'] * 3}</p></div>"
    )
    assert read(page).kind == "article"


STANDING = [
    "http://www.example.org/about/mission-of-the-academy",
    "http://www.example.org/en/pages/international-activity",
    "http://www.example.org/contacts.html",
    "http://www.example.org/hakkimizda",
]


@pytest.mark.parametrize("url", STANDING)
def test_a_standing_page_by_its_address(url: str) -> None:
    assert read(article(title="Mission and history of the academy of letters"), url=url).kind == "page"


def test_a_standing_page_by_its_breadcrumb() -> None:
    crumbs = "<div class='breadcrumb'><a href='/'>Home</a><br><a href='/s'>Structure</a></div>"
    assert read(article(title="Mission and history of the academy of letters", before=crumbs)).kind == "page"


@pytest.mark.parametrize("title", ["International relations", "关于我们", "Kafedra"])
def test_a_topic_without_a_date_is_a_standing_page(title: str) -> None:
    assert read(article(title=title)).kind == "page"
    assert read(article(title=title, before="<p>Published: 8 March 2024</p>")).kind == "article"
    assert read(article(title=title), found=Found(listed_date="8 March 2024")).kind == "article"


def test_a_bare_date_makes_no_article_of_a_persons_page() -> None:
    reading = read(
        article(title="Ivan Ivanovich Ivanov", before="<p>8 March 1960</p>"), url="http://www.example.org/staff/ivanov"
    )
    assert (reading.kind, reading.published) == ("page", None)


def test_the_catalogue_decides_between_article_and_page() -> None:
    assert read(article(), Rules(kind="page")).kind == "page"
    assert read(article(title="International relations"), Rules(kind="article")).kind == "article"


def test_the_front_page_is_no_article() -> None:
    assert read(article(), url="http://www.example.org/").kind == "page"
    assert read(article(), url="http://www.example.org/en/").kind == "page"


def test_a_directory_of_people_is_a_listing() -> None:
    people = "".join(
        f"<p><a href='/p/{number}'>Professor Person {number}</a></p><p>Room {number}</p>" for number in range(60)
    )
    assert read(f"<html><body><h1>Our people</h1>{people}</body></html>").kind == "listing"


DIRECTORY = "".join(f"<p><a href='/p/{number}'>Professor Person {number}</a></p>" for number in range(60))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Published: 8 March 2024", "article"),
        ("Last updated: 8 March 2024", "listing"),
        ("<span class='date'>8 March 2024</span>", "listing"),
        ("", "listing"),
    ],
    ids=["published", "modified", "marked", "none"],
)
def test_a_few_dated_lines_among_a_menus_links_are_an_article(line: str, kind: str) -> None:
    """Portals of the old kind: nothing marks the menu, and the text is shorter than it."""
    page = f"<html><body><h1>Our people met</h1><p>{line}</p><p><a href='/print'>Print</a></p><p>{PROSE['en']}</p>{DIRECTORY}</body></html>"
    assert read(page).kind == kind


def test_a_dated_directory_without_a_text_is_a_listing() -> None:
    page = f"<html><body><h1>Our people</h1><p>Published: 8 March 2024</p>{DIRECTORY}</body></html>"
    assert read(page).kind == "listing"


@pytest.mark.parametrize(
    "told", ["", "<h1>Guests from afar</h1>", f"<p>{PROSE['en']}</p>"], ids=["nothing", "a heading", "prose"]
)
def test_scraps_of_a_menu_are_no_article_whatever_the_address_says(told: str) -> None:
    """A page that a script draws: what stands around it is there, and it is not."""
    words = ("public health", "engineering", "nursing", "soil science", "economic history", "seismology", "pharmacy")
    scraps = "".join(f"<p>{word}</p>" for word in words * 3)
    for menu in (scraps, f"<p>{' '.join(words * 3)}</p>"):
        page = f"<html><body><div id='app'>{told}</div><div>{menu}</div></body></html>"
        assert read(page, Rules(kind="article")).kind == ("article" if told else "none")


SHORT = "Please go back to where you came from, or look at the map of the site, which names all of its pages and parts."
WHY = {
    "soft 404": (_page("Page not found", SHORT), 'soft 404: it says "page not found"'),
    "number beside the site": (
        f"<html><head><title>404 | Academy</title></head><body><h1>Oh no</h1><p>{SHORT}</p></body></html>",
        'soft 404: it says "404 | academy"',
    ),
    "error": (_page("Internal Server Error", SHORT), 'an error page: it says "internal server error"'),
    "error in Russian": (_page("На сайте ведутся технические работы", SHORT), "an error page: it says"),
    "challenge": (_page("Checking your browser", SHORT), 'a challenge: it says "checking your browser"'),
    "shell": (NOTHING["a shell for a script"], "an empty shell: a script must draw the page"),
    "word": (NOTHING["a word"], "too little to read: 2 characters"),
}


@pytest.mark.parametrize("what", sorted(WHY))
@pytest.mark.parametrize("kind", [None, "article"])
def test_why_there_is_nothing_to_read(what: str, kind: str | None) -> None:
    page, why = WHY[what]
    reading = read(page, Rules(kind="article") if kind else Rules())
    assert reading.kind == "none"
    assert reading.why["kind"].startswith(why)


def test_the_sign_of_a_kind_is_told() -> None:
    assert read(article()).why["kind"] == "a text under a headline"
    assert read(article(before="<p>Published: 8 March 2024</p>")).why["kind"] == "a text with a date"
    assert read(article(title="Kafedra")).why["kind"] == "its title names a topic, and it has no date"
    assert read(article(), Rules(kind="page")).why["kind"] == "the catalogue says so of such addresses"
    assert read(article(), url="http://www.example.org/about/x").why["kind"] == 'its address or breadcrumb says "about"'
    listing = read(_listing(ITEMS["headlines"]), url="http://www.example.org/news")
    assert listing.why["kind"] == "6 headlines that are links, with no more than teasers"


def test_an_article_between_more_links_than_words_is_an_article() -> None:
    """Portals of the old kind: two hundred headlines around each article, none of them marked as a menu."""
    others = "".join(f"<p><a href='/n/{number}'>{HEADLINES[number % 6]}</a></p>" for number in range(200))
    page = article(before="<p>Published: 8 March 2024</p>", after=f"<div>{others}</div>")
    assert read(page).kind == "article"


def test_a_linked_date_is_no_headline() -> None:
    posted = "<p><a href='/n/1'>Posted on 8 March 2024 by the press office</a></p>"
    names = ("The great hall of the academy", "Public meetings of the senate", "Minutes of the last meeting")
    place = "".join(f"<p><a href='/{number}'>{name}</a></p>" for number, name in enumerate(names))
    page = f"<html><body><h1>The senate meets in public this Thursday</h1>{posted}<p>{SHORT}</p><p>{SHORT}</p>{place}</body></html>"
    assert read(page).kind == "article"


def test_a_table_without_a_date_is_a_standing_page() -> None:
    rows = "".join(f"<tr><td>Room {number}</td><td>{number * 3} seats</td></tr>" for number in range(40))
    page = f"<html><body><h1>Rooms of the academy and their seats</h1><table>{rows}</table></body></html>"
    reading = read(page)
    assert (reading.kind, reading.why["kind"]) == ("page", "a table or list without a date, with few sentences")
