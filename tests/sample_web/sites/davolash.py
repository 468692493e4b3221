"""davolash.example: a custom PHP site in Uzbek (both scripts), Russian and English; its menu leads the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from tests.sample_web.content import Article, Content, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, list_items, number_of, page_count, page_of, paragraphs
from tests.sample_web.site import Answer, Request, Row, Site

HOST = "davolash.example"
PAGE_SIZE = 3
NEWS = {one.chrome["code"]: one for one in (load("davolash", tag) for tag in ("uz", "uz-Cyrl", "ru", "en"))}
LANG = {"uz": "uz", "cy": "uz", "ru": "ru", "en": "en"}
"""What <html lang> says: Cyrillic pages claim plain Uzbek, as such sites do."""
CAMPAIGN = "utm_source=telegram&utm_medium=social"
PROMOTED = 1236
"""The article that the first listing page links to with campaign parameters too."""


def _path(article: Article) -> str:
    code = "cy" if article.language == "uz-Cyrl" else article.language
    return f"/{code}/news/{article.id}"


def _written(news: Content, moment: date | None) -> str:
    assert moment is not None
    month = news.chrome["months"][moment.month - 1]
    return str(news.chrome["date"]).format(day=moment.day, month=month, year=moment.year)


def _alternates(article: Article | None) -> str:
    """hreflang links of an article that has translations, as the manual ones of such sites: only some have them."""
    if article is None or article.news not in {"seul", "berlin"}:
        return ""
    twins = [one for news in NEWS.values() for one in news.articles if one.news == article.news]
    return "\n".join(
        f'<link rel="alternate" hreflang="{one.language}" href="http://{HOST}{_path(one)}">' for one in twins
    )


def _frame(news: Content, title: str, main: str, article: Article | None = None) -> str:
    words = news.chrome
    menu = list_items(link(href, text) for href, text in words["menu"])
    languages = " ".join(link(f"/{code}/", code.upper()) for code in NEWS)
    return f"""<!DOCTYPE html>
<html lang="{LANG[words["code"]]}">
<head>
<meta charset="utf-8">
<title>{escape(words["name"])} | {escape(title)}</title>
{_alternates(article)}
<link rel="stylesheet" href="/assets/css/main.css">
</head>
<body>
<div class="mobile-menu"><a href="#" class="close">Close Menu</a><ul>{menu}</ul></div>
<div class="topline"><span class="lang">{languages}</span> <a href="tel:+998662000000">+998 66 200-00-00</a>
<a href="mailto:info@{HOST}">info@{HOST}</a></div>
<div class="header"><a href="/{words["code"]}/"><img src="/assets/logo.png" alt="{escape(words["name"])}"></a>
<form action="/{words["code"]}/search"><input name="q"><button>OK</button></form></div>
<nav><ul>{menu}</ul></nav>
<div class="container">
{main}
</div>
<footer><p>{words["footer"]}</p>
<a href="https://t.me/davolash">Telegram</a> <a href="https://www.facebook.com/davolash">Facebook</a>
<!-- Rating Mail.ru counter --><span class="counter">412 86 1204553</span><noscript>
<img src="/counter.gif" alt="Top.Mail.Ru"></noscript></footer>
</body>
</html>
"""


def _article(_: Request, code: str, identity: str) -> Answer | None:
    news = NEWS[code]
    article = news.article(identity)
    if article is None:
        return None
    others = list_items(
        f"<span>{_written(news, one.published)}</span> {link(_path(one), one.title)}" for one in news.others(article, 2)
    )
    words = news.chrome
    main = f"""<div class="row"><div class="col-9">
<h2 class="page-title">{escape(article.title)}</h2>
<div class="meta"><i class="fa fa-calendar"></i> {_written(news, article.published)}
<i class="fa fa-eye"></i> {words["views"]}: {article.id % 700}</div>
<img src="/uploads/{article.id}.jpg" alt="" class="img-fluid">
<div class="content-text">
{paragraphs(article.paragraphs)}
</div>
<div class="share">{words["share"]}: <a href="https://t.me/share/url?url=http://{HOST}{_path(article)}">Telegram</a>
<a href="javascript:window.print()">Print</a></div>
</div><div class="col-3"><h4>{words["other"]}</h4><ul>{others}</ul></div></div>"""
    return html_answer(_frame(news, article.title, main, article))


def _listing(request: Request, code: str) -> Answer | None:
    news = NEWS[code]
    number = number_of(request.query.get("page", ""), 1)
    shown = page_of(news.articles, number, PAGE_SIZE)
    if not shown:
        return None
    cards = "\n".join(
        f'<div class="card"><a href="{_path(one)}"><img src="/uploads/{one.id}.jpg" alt=""></a>'
        f"<small>{_written(news, one.published)}</small><h5>{link(_path(one), one.title)}</h5><p>{escape(one.lead)}</p></div>"
        for one in shown
    )
    promoted = news.article(PROMOTED) if number == 1 else None
    if promoted:
        cards += f'<div class="card promo">{link(f"{_path(promoted)}?{CAMPAIGN}", promoted.title)}</div>'
    count = page_count(news.articles, PAGE_SIZE)
    pager = list_items(link(f"/{code}/news?page={one}", str(one)) for one in range(1, count + 1))
    if number < count:
        following = link(f"/{code}/news?page={number + 1}", news.chrome["next"], 'class="next"')
        pager += f"<li>{following}</li>"
    main = f"""<h2>{news.chrome["news"]}</h2><div class="news-list">{cards}</div><ul class="pagination">{pager}</ul>"""
    return html_answer(_frame(news, news.chrome["news"], main))


def _page(_: Request, code: str, slug: str) -> Answer | None:
    page = NEWS[code].page(slug)
    if page is None:
        return None
    main = (
        f'<h2 class="page-title">{escape(page.title)}</h2><div class="content-text">{paragraphs(page.paragraphs)}</div>'
    )
    return html_answer(_frame(NEWS[code], page.title, main))


def _home(_: Request, code: str) -> Answer:
    news = NEWS[code]
    cards = "".join(f'<div class="slide">{link(_path(one), one.title)}</div>' for one in news.articles[:2])
    main = f"{cards}<p>{link(f'/{code}/news', news.chrome['news'])}</p>"
    return html_answer(_frame(news, news.chrome["name"], main))


def _gallery(_: Request, code: str) -> Answer:
    pictures = "".join(
        f'<a href="/uploads/{one.id}.jpg"><img src="/uploads/{one.id}.jpg" alt=""></a>' for one in NEWS[code].articles
    )
    return html_answer(_frame(NEWS[code], "Gallery", pictures))


def _root(request: Request) -> Answer:
    return _home(request, "uz")


def soft_not_found(_: Request) -> Answer:
    """This site says 200 to every address, robots.txt included."""
    main = "<h2>Sahifa topilmadi</h2><p>Siz izlagan sahifa mavjud emas. Page not found.</p>"
    return html_answer(_frame(NEWS["uz"], "404", main))


def _rows() -> Iterator[Row]:
    for code, news in NEWS.items():
        for article in news.articles:
            url = f"http://{HOST}{_path(article)}"
            yield article_row("davolash", article, (url, f"{url}?{CAMPAIGN}") if article.id == PROMOTED else (url,))
        for page in news.pages:
            url = f"http://{HOST}/{code}/pages/{page.slug}"
            yield other_row("page", "davolash", (url,), page.title, news.language)
        yield other_row("page", "davolash", (f"http://{HOST}/{code}/",), news.chrome["name"], news.language)
        for number in range(1, page_count(news.articles, PAGE_SIZE) + 1):
            url = f"http://{HOST}/{code}/news"
            addresses = (url, f"{url}?page=1") if number == 1 else (f"{url}?page={number}",)
            yield other_row("listing", "davolash", addresses, news.chrome["news"], news.language)


_LANGUAGE = "/(uz|cy|ru|en)"
SITE = Site(
    slug="davolash",
    hosts=(HOST,),
    routes=(
        (r"/", _root),
        (_LANGUAGE + "/?", _home),
        (_LANGUAGE + r"/news/(\d+)", _article),
        (_LANGUAGE + "/news", _listing),
        (_LANGUAGE + "/pages/([a-z-]+)", _page),
        (_LANGUAGE + "/gallery", _gallery),
    ),
    rows=_rows,
    sends=frozenset({"etag"}),
    server="Apache/2.4.41",
    unknown=soft_not_found,
)
