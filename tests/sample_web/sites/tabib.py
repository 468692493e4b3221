"""tabib.example: an ASP.NET portal in Persian; layout tables in one form, Jalali dates, today's date in the header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from html import escape
from urllib.parse import quote

from tests.sample_web import calendars
from tests.sample_web.content import Article, day, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, number_of, page_count, page_of, paragraphs
from tests.sample_web.site import Answer, Request, Row, Site

HOSTS = ("www.tabib.example", "tabib.example")
PAGE_SIZE = 5
NEWS = load("tabib", "fa")
WORDS = NEWS.chrome


def _path(article: Article) -> str:
    slug = quote("-".join(article.title.replace("\u200c", "-").split()))
    return f"/Page/{article.id}/{slug}.html?pageid={article.id}"


def _written(article: Article) -> str:
    """The article's date, in the form that its page uses."""
    assert article.published is not None
    form, moment = article.more["date"], article.published
    if form == "digits" and isinstance(moment, datetime):
        return f"{calendars.in_digits(moment)} - {calendars.persian_digits(moment.strftime('%H:%M'))}"
    return calendars.spelled(moment) if form == "spelled" else calendars.in_words(moment)


def _latest() -> str:
    rows = "".join(
        f'<tr><td class="li"><img src="/images/bullet.gif" alt="">{link(_path(one), one.title)}'
        f'<span class="d">{calendars.in_digits(day(one.published or date.min))}</span></td></tr>'
        for one in NEWS.articles[:4]
    )
    return f'<table class="box"><tr><td class="boxtitle">{WORDS["latest"]}</td></tr>{rows}</table>'


def _frame(title: str, main: str, request: Request) -> Answer:
    menu = "".join(f"<td>{link(href, text)}</td>" for href, text in WORDS["menu"])
    return html_answer(f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" dir="rtl" lang="fa">
<head><title>
\t{escape(title)} - {WORDS["name"]}
</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><meta name="generator" content="Portal 9.2" />
<link href="/App_Themes/Default/style.css" type="text/css" rel="stylesheet" /></head>
<body>
<form method="post" action="{escape(request.path)}" id="form1">
<div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRkZ3Jc" />
<input type="hidden" name="__EVENTVALIDATION" value="/wEdAAJ2c0l" /></div>
<script type="text/javascript">function __doPostBack(t, a) {{ }}</script>
<table width="990" align="center" cellpadding="0" cellspacing="0">
<tr><td colspan="2"><table width="100%"><tr><td><a href="/"><img src="/images/logo.png" alt="{WORDS["name"]}" /></a></td>
<td class="today"><span id="lblToday">{WORDS["today"]}: {calendars.in_words(request.today)}</span></td>
<td><input name="txtSearch" type="text" value="{WORDS["search"]}" />
<a href="javascript:__doPostBack('btnSearch','')">›</a></td></tr></table></td></tr>
<tr><td colspan="2"><table class="menu"><tr>{menu}</tr></table></td></tr>
<tr><td valign="top" width="230">{_latest()}<table class="box"><tr><td>{WORDS["visits"]}</td></tr></table></td>
<td valign="top" class="main">{main}</td></tr>
<tr><td colspan="2" class="footer">{WORDS["footer"]}<br />{WORDS["address"]} <a href="tel:+984133300000">۰۴۱-۳۳۳۰۰۰۰۰</a>
<a href="mailto:info@tabib.example">info@tabib.example</a> <a href="/Files/chart.pdf">PDF</a></td></tr>
</table></form></body></html>
""")


def _article(request: Request, identity: str) -> Answer | None:
    article = NEWS.article(identity)
    if article is None:
        return None
    shown = f'<span class="newsdate">{WORDS["published"]}: {_written(article)}</span>'
    if article.more["date"] == "listing":
        shown = ""
    picture = (
        f'<tr><td class="pic"><img src="/Files/{article.id}.jpg" alt="" /><br />{escape(article.caption)}</td></tr>'
    )
    main = f"""<table width="100%" class="news"><tr><td><h1 class="title">{escape(article.title)}</h1></td></tr>
<tr><td>{shown} <a href="javascript:window.print()">{WORDS["print"]}</a>
<a href="javascript:__doPostBack('send','')">{WORDS["send"]}</a></td></tr>
{picture if article.caption else ""}
<tr><td class="body"><div class="text" align="justify">{paragraphs(article.paragraphs)}</div></td></tr>
<tr><td><a href="/gallery.aspx?id={article.id}">{WORDS["images"]}</a></td></tr>
<tr><td class="rate">{WORDS["rating"]}</td></tr></table>"""
    return _frame(article.title, main, request)


def _listing(request: Request) -> Answer | None:
    number = number_of(request.query.get("page", ""), 1)
    rows = "".join(
        f'<tr><td><h3>{link(_path(one), one.title)}</h3><span class="date">{calendars.in_words(one.published or date.min)}</span>'
        f'<div>{escape(one.lead)} <a href="{_path(one)}">{WORDS["more"]}</a></div></td></tr>'
        for one in page_of(NEWS.articles, number, PAGE_SIZE)
    )
    pages = range(1, page_count(NEWS.articles, PAGE_SIZE) + 1)
    if number not in pages:
        return None
    pager = " ".join(link(f"/?PageID=110&page={one}", calendars.persian_digits(one)) for one in pages)
    if number < len(pages):
        pager += " " + link(f"/?PageID=110&page={number + 1}", WORDS["next"], 'class="next"')
    main = f'<h2>{WORDS["news"]}</h2><table class="newslist">{rows}</table><div class="pager">{pager}</div>'
    return _frame(WORDS["news"], main, request)


def _by_page_id(request: Request) -> Answer | None:
    """/ is the home page, and every other page by its number."""
    identity = request.query.get("PageID")
    if identity == "110":
        return _listing(request)
    if identity is None:
        first = NEWS.articles[0]
        teaser = f"<p>{link('/?PageID=110', WORDS['news'])}</p><p>{link(_path(first), first.title)}</p>"
        return _frame(WORDS["name"], f"<h2>{WORDS['news']}</h2>{teaser}", request)
    page = NEWS.page(identity)
    if page is None:
        return None
    return _frame(page.title, f"<h1>{escape(page.title)}</h1>{paragraphs(page.paragraphs)}", request)


def _gallery(request: Request) -> Answer:
    pictures = "".join(
        f'<td><a href="/Files/{one.id}.jpg"><img src="/Files/{one.id}.jpg" alt="" /></a></td>' for one in NEWS.articles
    )
    return _frame(WORDS["images"], f"<table><tr>{pictures}</tr></table>", request)


def _login(request: Request) -> Answer:
    return _frame(WORDS["menu"][-1][1], '<input name="user" /><input name="password" type="password" />', request)


def _rows() -> Iterator[Row]:
    for article in NEWS.articles:
        addresses = tuple(f"http://{host}{_path(article)}" for host in HOSTS)
        yield article_row("tabib", article, addresses, calendar="persian")
    for page in NEWS.pages:
        yield other_row(
            "page", "tabib", tuple(f"http://{host}/?PageID={page.slug}" for host in HOSTS), page.title, "fa"
        )
    for host in HOSTS[:1]:
        yield other_row(
            "listing", "tabib", (f"http://{host}/?PageID=110", f"http://{host}/?PageID=110&page=1"), WORDS["news"], "fa"
        )
        yield other_row("listing", "tabib", (f"http://{host}/?PageID=110&page=2",), WORDS["news"], "fa")
        yield other_row("page", "tabib", (f"http://{host}/",), WORDS["name"], "fa")


SITE = Site(
    slug="tabib",
    hosts=HOSTS,
    routes=(
        (r"/|/Default\.aspx", _by_page_id),
        (r"/Page/(\d+)/.*", _article),
        (r"/gallery\.aspx", _gallery),
        (r"/Login\.aspx", _login),
    ),
    rows=_rows,
    gzips=True,
    server="Microsoft-IIS/8.5",
)
