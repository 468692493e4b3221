"""hochschule.example: TYPO3 in German and English; everything is in tx_news_pi1[...] parameters guarded by a cHash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from html import escape
from urllib.parse import urlencode

from tests.sample_web.content import Article, Content, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, links, list_items, number_of, page_count, page_of, paragraphs
from tests.sample_web.site import Answer, Request, Row, Site, dated, moved

HOST = "www.hochschule.example"
PAGE_SIZE = 4
NEWS = {tag: load("hochschule", tag) for tag in ("de", "en")}
NEWS_KEY = "tx_news_pi1[news]"
PAGE_KEY = "tx_news_pi1[@widget_0][currentPage]"


def _signed(parameters: dict[str, str]) -> str:
    """The query with its cHash, as TYPO3 appends it: the server answers 404 to any other."""
    return urlencode({**parameters, "cHash": _chash(parameters)})


def _chash(parameters: dict[str, str]) -> str:
    return hashlib.sha256(urlencode(sorted(parameters.items())).encode()).hexdigest()[:32]


def _authentic(request: Request) -> bool:
    rest = {name: value for name, value in request.query.items() if name != "cHash"}
    return not rest or request.query.get("cHash") == _chash(rest)


def _path(article: Article) -> str:
    listing = NEWS[article.language].chrome["listing"]
    parameters = {"tx_news_pi1[action]": "detail", "tx_news_pi1[controller]": "News", NEWS_KEY: str(article.id)}
    return f"{listing}detail/?{_signed(parameters)}"


def _page_path(news: Content, number: int) -> str:
    listing = str(news.chrome["listing"])
    return listing if number == 1 else f"{listing}?{_signed({PAGE_KEY: str(number)})}"


def _time(news: Content, moment: date | None) -> str:
    assert moment is not None
    month = news.chrome["months"][moment.month - 1]
    written = str(news.chrome["date"]).format(day=moment.day, month=month, year=moment.year)
    return f'<time itemprop="datePublished" datetime="{moment.isoformat()}">{written}</time>'


def _frame(news: Content, title: str, main: str, head: str = "") -> Answer:
    words, tag = news.chrome, news.language
    menu = list_items(link(href, text) for href, text in words["menu"])
    return html_answer(f"""<!DOCTYPE html>
<html dir="ltr" lang="{tag}">
<head>
<meta charset="utf-8">
<!-- This website is powered by TYPO3 - inspiring people to share! -->
<meta name="generator" content="TYPO3 CMS">
<title>{escape(title)} – {words["name"]}</title>
{head}
<link rel="stylesheet" href="/typo3temp/assets/compressed/merged.css" media="all">
</head>
<body id="p12" class="layout-2">
<div class="cookie-note">{words["cookies"]} <button>OK</button></div>
<header><a href="/" class="logo"><img src="/fileadmin/logo.png" alt="{words["name"]}"></a>
<a href="/" hreflang="de">DE</a> <a href="/en/" hreflang="en">EN</a>
<form action="/suche/"><input name="tx_indexedsearch[sword]" placeholder="{words["search"]}"></form>
<nav class="main-nav"><ul>{menu}</ul></nav></header>
<!--TYPO3SEARCH_begin-->
<main>
{main}
</main>
<!--TYPO3SEARCH_end-->
<aside><h3>{words["dates"]}</h3><ul>{list_items(link(href, text) for href, text in words["date_items"])}</ul></aside>
<footer><p>{words["footer"]}</p>{links(words["footer_links"])}</footer>
</body>
</html>
""")


def _article(request: Request, listing: str) -> Answer | None:
    news = NEWS["de" if listing == "aktuelles" else "en"]
    article = news.article(request.query.get(NEWS_KEY, ""))
    if article is None or not _authentic(request):
        return None
    head = f"""<meta property="og:title" content="{escape(article.title)}">
<meta property="og:type" content="article">
<link rel="canonical" href="http://{HOST}{escape(_path(article))}">"""
    related = list_items(
        f"{_time(news, one.published)} {link(_path(one), one.title)}" for one in news.others(article, 2)
    )
    main = f"""<div class="news news-single"><div class="article" itemscope itemtype="http://schema.org/Article">
<div class="header"><h1 itemprop="headline">{escape(article.title)}</h1></div>
<div class="footer"><p><span class="news-list-date">{_time(news, article.published)}</span></p></div>
<div class="news-img-wrap"><img src="/fileadmin/_processed_/{article.id}.jpg" alt=""></div>
<div class="news-text-wrap" itemprop="articleBody">
{paragraphs(article.paragraphs)}
</div>
<div class="news-backlink-wrap">{link(news.chrome["listing"], news.chrome["back"])}</div>
<div class="news-related"><ul>{related}</ul></div>
</div></div>"""
    return dated(_frame(news, article.title, main, head), article.published)


def _listing(request: Request, listing: str) -> Answer | None:
    news = NEWS["de" if listing == "aktuelles" else "en"]
    number = number_of(request.query.get(PAGE_KEY, "1"), 1)
    shown = page_of(news.articles, number, PAGE_SIZE)
    if not shown or not _authentic(request):
        return None
    words = news.chrome
    items = "\n".join(
        f'<div class="article articletype-0"><div class="header"><h3>{link(_path(one), one.title)}</h3></div>'
        f'<div class="teaser-text"><p>{_time(news, one.published)}</p><p>{escape(one.lead)} '
        f"{link(_path(one), words['more'])}</p></div></div>"
        for one in shown
    )
    count = page_count(news.articles, PAGE_SIZE)
    pager = list_items(link(_page_path(news, one), str(one)) for one in range(1, count + 1))
    if number > 1:
        pager = f'<li class="previous">{link(_page_path(news, number - 1), words["previous"])}</li>{pager}'
    if number < count:
        pager += f'<li class="next">{link(_page_path(news, number + 1), words["next"])}</li>'
    main = f'<h1>{words["news"]}</h1><div class="news-list-view">{items}</div>'
    return _frame(news, words["news"], f'{main}<ul class="f3-widget-paginator">{pager}</ul>')


def _page(_: Request, slug: str) -> Answer | None:
    for news in NEWS.values():
        page = news.page(slug)
        if page:
            return _frame(news, page.title, f"<h1>{page.title}</h1>{paragraphs(page.paragraphs)}")
    return None


def _home(_: Request, english: str | None) -> Answer:
    news = NEWS["en" if english else "de"]
    teasers = "".join(f"<h3>{link(_path(one), one.title)}</h3>" for one in news.articles[:2])
    return _frame(news, news.chrome["name"], f"{teasers}{link(news.chrome['listing'], news.chrome['news'])}")


def _bare(request: Request) -> Answer:
    """The bare host sends everyone to www."""
    query = urlencode(request.query)
    return moved(f"http://{HOST}{request.path}{'?' + query if query else ''}")


def _on_www(request: Request, path: str) -> Answer | None:
    return None if request.host == HOST else _bare(request)


def _rows() -> Iterator[Row]:
    root = f"http://{HOST}"
    for tag, news in NEWS.items():
        for article in news.articles:
            yield article_row("hochschule", article, (f"{root}{_path(article)}",))
        section = "/hochschule/" if tag == "de" else "/en/university/"
        for page in news.pages:
            yield other_row("page", "hochschule", (f"{root}{section}{page.slug}/",), page.title, tag)
        yield other_row("page", "hochschule", (f"{root}/" if tag == "de" else f"{root}/en/",), news.chrome["name"], tag)
        for number in range(1, page_count(news.articles, PAGE_SIZE) + 1):
            url = f"{root}{_page_path(news, number)}"
            yield other_row("listing", "hochschule", (url,), news.chrome["news"], tag)


_NEWS_PAGES = "/(aktuelles|en/news)/"
SITE = Site(
    slug="hochschule",
    hosts=(HOST, "hochschule.example"),
    routes=(
        ("(/.*)", _on_www),
        ("/(en/)?", _home),
        (_NEWS_PAGES, _listing),
        (_NEWS_PAGES + "detail/", _article),
        ("/(?:hochschule|en/university)/([a-z-]+)/", _page),
    ),
    rows=_rows,
    sends=frozenset({"last-modified"}),
    server="Apache",
)
