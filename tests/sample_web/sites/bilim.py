"""bilim.example: a small Azerbaijani site with an Atom feed, a Crawl-delay, and links to a disallowed /admin/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from html import escape

from tests.sample_web.content import Article, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import (
    html_answer,
    link,
    list_items,
    number_of,
    page_count,
    page_of,
    paragraphs,
    text_answer,
)
from tests.sample_web.site import Answer, Request, Row, Site

HOST = "bilim.example"
ROOT = f"http://{HOST}"
PAGE_SIZE = 5
NEWS = load("bilim", "az")
WORDS = NEWS.chrome
ROBOTS = "User-agent: *\nCrawl-delay: 1\nDisallow: /admin/\n"


def _path(article: Article) -> str:
    return f"/az/xeber/{article.slug}"


def _moment(article: Article) -> datetime:
    assert isinstance(article.published, datetime)
    return article.published


def _written(moment: date) -> str:
    return f"{moment.day} {WORDS['months'][moment.month - 1]}, {moment.year}"


def _frame(title: str, main: str, request: Request) -> Answer:
    menu = list_items(link(href, text) for href, text in WORDS["menu"])
    today = f"{_written(request.today)}, {WORDS['weekdays'][request.today.weekday()]}"
    return html_answer(f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{escape(title)} « {WORDS["name"]}</title>
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<div id="bas"><span class="bugun">{today}</span> <a href="/az/"><b>{WORDS["name"]}</b></a>
<form action="/az/axtar"><input name="soz"><button>{WORDS["search"]}</button></form></div>
<ul id="menyu">{menu}</ul>
<div id="orta">
{main}
</div>
<div id="alt">{WORDS["footer"]} | <a href="tel:+994222000000">+994 22 200 00 00</a> | <a href="/fayl/plan.pdf">PDF</a></div>
</body>
</html>
""")


def _article(request: Request, slug: str) -> Answer | None:
    article = NEWS.article(slug)
    if article is None:
        return None
    others = list_items(
        f"<em>{_written(_moment(one))}</em> {link(_path(one), one.title)}" for one in NEWS.others(article, 3)
    )
    main = f"""<div class="xeber">
<h1>{escape(article.title)}</h1>
<div class="vaxt">{_written(_moment(article))} <span>{_moment(article):%H:%M}</span> | {WORDS["read"]}: {article.id * 3}
{link(f"/admin/xeber/{article.id}", WORDS["edit"])}</div>
<img src="/sekil/{article.id}.jpg" alt="">
<div class="metn">
{paragraphs(article.paragraphs)}
</div></div>
<div class="yan"><h3>{WORDS["others"]}</h3><ul>{others}</ul></div>"""
    return _frame(article.title, main, request)


def _listing(request: Request) -> Answer | None:
    number = number_of(request.query.get("sehife", ""), 1)
    shown = page_of(NEWS.articles, number, PAGE_SIZE)
    if not shown:
        return None
    items = "\n".join(
        f'<div class="bir"><span>{_written(_moment(one))}</span><h4>{link(_path(one), one.title)}</h4></div>'
        for one in shown
    )
    pager = ""
    if number < page_count(NEWS.articles, PAGE_SIZE):
        pager = f'<p class="sehifeler">{link(f"/az/xeberler?sehife={number + 1}", WORDS["next"])}</p>'
    return _frame(WORDS["news"], f'<h1>{WORDS["news"]}</h1><div class="xeberler">{items}</div>{pager}', request)


def _page(request: Request, slug: str) -> Answer | None:
    page = NEWS.page(slug)
    if page is None:
        return None
    main = f'<h1>{page.title}</h1><div class="metn">{paragraphs(page.paragraphs)}</div>'
    return _frame(page.title, main, request)


def _home(request: Request) -> Answer:
    items = list_items(link(_path(one), one.title) for one in NEWS.articles[:3])
    return _frame(WORDS["name"], f"<ul>{items}</ul>{link('/az/xeberler', WORDS['news'])}", request)


def _feed(request: Request) -> Answer | None:
    """Atom, with a link to the next page (RFC 5005)."""
    number = number_of(request.query.get("page", ""), 1)
    shown = page_of(NEWS.articles, number, PAGE_SIZE)
    if not shown:
        return None
    following = ""
    if number < page_count(NEWS.articles, PAGE_SIZE):
        following = f'<link rel="next" href="{ROOT}/atom.xml?page={number + 1}"/>'
    return text_answer(
        f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="az">
<id>{ROOT}/atom.xml</id><title>{WORDS["name"]}</title><updated>{_moment(NEWS.articles[0]).isoformat()}</updated>
<link rel="self" href="{ROOT}/atom.xml"/>{following}
{"".join(map(_entry, shown))}</feed>
""",
        "application/atom+xml; charset=utf-8",
    )


def _entry(article: Article) -> str:
    moment = _moment(article).isoformat()
    return f"""<entry><id>tag:{HOST},2019:{article.id}</id><title>{escape(article.title)}</title>
<link rel="alternate" href="{ROOT}{_path(article)}"/><published>{moment}</published><updated>{moment}</updated>
<summary>{escape(article.lead)}</summary></entry>
"""


def _admin(request: Request) -> Answer:
    """What robots.txt forbids is there, for whoever does not ask: a test sees it in the server's log."""
    return _frame(
        "Admin", "<h1>Admin</h1><form><input name='login'><input name='parol' type='password'></form>", request
    )


def _robots(_: Request) -> Answer:
    return text_answer(ROBOTS)


def _rows() -> Iterator[Row]:
    for article in NEWS.articles:
        yield article_row("bilim", article, (f"{ROOT}{_path(article)}",))
    for page in NEWS.pages:
        yield other_row("page", "bilim", (f"{ROOT}/az/sehife/{page.slug}",), page.title, "az")
    yield other_row("page", "bilim", (f"{ROOT}/az/", f"{ROOT}/"), WORDS["name"], "az")
    listing = f"{ROOT}/az/xeberler"
    yield other_row("listing", "bilim", (listing, f"{listing}?sehife=1"), WORDS["news"], "az")
    yield other_row("listing", "bilim", (f"{listing}?sehife=2",), WORDS["news"], "az")


SITE = Site(
    slug="bilim",
    hosts=(HOST,),
    routes=(
        (r"/|/az/?", _home),
        ("/robots.txt", _robots),
        (r"/atom\.xml", _feed),
        ("/az/xeberler", _listing),
        ("/az/xeber/([a-z0-9-]+)", _article),
        ("/az/sehife/([a-z]+)", _page),
        ("/admin/.*", _admin),
    ),
    rows=_rows,
    server="nginx/1.14.0",
)
