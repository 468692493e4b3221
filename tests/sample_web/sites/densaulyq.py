"""densaulyq.example: a Drupal 7 ministry in English, Russian and Kazakh; "You are here", "Changed on", /node/ twins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from tests.sample_web.content import Article, Content, load
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
from tests.sample_web.site import Answer, Request, Row, Site, dated

HOST = "densaulyq.example"
PAGE_SIZE = 3
NEWS = {tag: load("densaulyq", tag) for tag in ("en", "ru", "kk")}
ROBOTS = """#
# robots.txt
#
User-agent: *
Disallow: /includes/
Disallow: /modules/
Disallow: /user/login/
Disallow: /*/user/login
Disallow: /print/
"""


def path(article: Article) -> str:
    return f"/{article.language}/news/{article.slug}"


def _node(article: Article) -> str:
    return f"/{article.language}/node/{article.id}"


def _published(news: Content, article: Article) -> str:
    """The submission line, in the form that this article has; some have none."""
    moment = article.published
    if not isinstance(moment, datetime):
        return ""
    shown = f"{news.chrome['weekdays'][moment.weekday()]}, {moment:%m/%d/%Y - %H:%M}"
    if article.more["shown"] == "time":
        month = news.chrome["months"][moment.month - 1]
        return f'<time datetime="{moment.isoformat()}" pubdate>{moment.day} {month} {moment.year}</time>'
    line = news.chrome["submitted"].format(user='<span class="username">admin</span>', date=shown)
    return (
        f'<span property="dc:date dc:created" content="{moment.isoformat()}" datatype="xsd:dateTime"'
        f' rel="sioc:has_creator">{line}</span>'
    )


def _changed(news: Content, article: Article) -> str:
    moment = article.modified
    assert isinstance(moment, datetime)
    month = news.chrome["months"][moment.month - 1]
    line = news.chrome["changed"].format(day=moment.day, month=month, year=moment.year, time=f"{moment:%H:%M}")
    return f'<div class="field-name-changed-date">{line}</div>'


def _frame(news: Content, title: str, main: str, head: str = "") -> Answer:
    words, tag = news.chrome, news.language
    recent = list_items(
        f'<span class="field-content">{link(path(one), one.title)}</span>' for one in news.articles[-2:]
    )
    crumbs = " » ".join((link(f"/{tag}", words["home"]), link(f"/{tag}/news", words["news"]), escape(title)))
    return html_answer(f"""<!DOCTYPE html>
<html lang="{tag}" dir="ltr" prefix="dc: http://purl.org/dc/terms/ sioc: http://rdfs.org/sioc/ns#">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="Generator" content="Drupal 7 (http://drupal.org)" />
{head}
<title>{escape(title)} | {escape(words["name"])}</title>
<style media="all">@import url("/sites/default/files/css/css_main.css");</style>
</head>
<body class="html not-front not-logged-in one-sidebar sidebar-first page-node i18n-{tag}">
<div id="skip-link"><a href="#main-content" class="element-invisible">{words["skip"]}</a></div>
<div id="page-wrapper"><div id="page">
<div id="header"><a href="/{tag}" rel="home" id="logo"><img src="/logo.png" alt="{words["home"]}" /></a>
<div id="site-name">{link(f"/{tag}", words["name"])}</div>
<ul class="language-switcher-locale-url">{list_items(link(f"/{one}", one) for one in NEWS)}</ul></div>
<div id="main-menu"><h2 class="element-invisible">Main menu</h2>
<ul id="main-menu-links" class="links">{list_items(link(href, text) for href, text in words["menu"])}</ul></div>
<div id="breadcrumb"><h2 class="element-invisible">{words["here"]}</h2><div class="breadcrumb">{crumbs}</div></div>
<div id="main">
<div id="content" class="column"><div class="section"><a id="main-content"></a>
<h1 class="title" id="page-title">{escape(title)}</h1>
{main}
</div></div>
<div id="sidebar-first" class="column sidebar">
<div class="block block-search"><form action="/{tag}/search/node"><input name="keys" title="{words["search"]}" />
<input type="submit" value="{words["search"]}" /></form></div>
<div class="block block-views"><h2>{words["recent"]}</h2><ul>{recent}</ul></div>
</div></div>
<div id="footer"><p>{words["footer"]}</p><a href="/rules.pdf">PDF</a> <a href="tel:1414">1414</a></div>
</div></div>
</body>
</html>
""")


def _alias(_: Request, tag: str, slug: str) -> Answer | None:
    article = NEWS[tag].article(slug)
    return _article(NEWS[tag], article) if article and article.slug == slug else None


def _by_node(_: Request, tag: str, identity: str) -> Answer | None:
    article = NEWS[tag].article(identity)
    return _article(NEWS[tag], article) if article else None


def _article(news: Content, article: Article) -> Answer:
    head = f'<link rel="canonical" href="{path(article)}" />\n<link rel="shortlink" href="{_node(article)}" />'
    main = f"""<div id="node-{article.id}" class="node node-news node-promoted clearfix" about="{path(article)}">
<div class="meta submitted">{_published(news, article)}</div>
<div class="content clearfix">
<div class="field field-name-field-image"><img src="/sites/default/files/{article.id}.jpg" alt="" /></div>
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items">
<div class="field-item even" property="content:encoded">{paragraphs(article.paragraphs)}</div></div></div>
{_changed(news, article)}
</div>
<ul class="links inline"><li class="print">{link(f"/print/{article.id}", news.chrome["print"])}</li></ul>
</div>"""
    return dated(_frame(news, article.title, main, head), article.modified)


def _listing(request: Request, tag: str) -> Answer | None:
    news = NEWS[tag]
    number = number_of(request.query.get("page", ""), 0)
    shown = page_of(news.articles, number + 1, PAGE_SIZE)
    if not shown:
        return None
    rows = "\n".join(
        f'<div class="views-row"><h3 class="field-content">{link(path(one), one.title)}</h3>'
        f"<p>{escape(one.lead)}</p></div>"
        for one in shown
    )
    last = page_count(news.articles, PAGE_SIZE) - 1
    pager = ""
    if number < last:
        following = link(f"/{tag}/news?page={number + 1}", news.chrome["next"])
        pager = f"""<ul class="pager"><li class="pager-current first">{number + 1}</li>
<li class="pager-next">{following}</li>
<li class="pager-last last">{link(f"/{tag}/news?page={last}", news.chrome["last"])}</li></ul>"""
    feed = link(f"/{tag}/rss.xml", news.chrome["subscribe"], 'class="feed-icon"')
    main = f'<div class="view view-news"><div class="view-content">{rows}</div>{pager}</div>{feed}'
    return _frame(news, news.chrome["news"], main)


def _page(_: Request, tag: str, slug: str) -> Answer | None:
    page = NEWS[tag].page(slug)
    if page is None:
        return None
    main = f'<div class="node node-page"><div class="content">{paragraphs(page.paragraphs)}</div></div>'
    return _frame(NEWS[tag], page.title, main)


def _home(_: Request, tag: str) -> Answer:
    news = NEWS[tag]
    teasers = "".join(f"<div><h2>{link(_node(one), one.title)}</h2></div>" for one in news.articles[:2])
    return _frame(news, news.chrome["name"], teasers)


def _root(request: Request) -> Answer:
    return _home(request, "ru")


def _robots(_: Request) -> Answer:
    return text_answer(ROBOTS)


def _rows() -> Iterator[Row]:
    for tag, news in NEWS.items():
        for article in news.articles:
            addresses = (f"http://{HOST}{path(article)}", f"http://{HOST}{_node(article)}")
            yield article_row("densaulyq", article, addresses)
        for page in news.pages:
            yield other_row("page", "densaulyq", (f"http://{HOST}/{tag}/{page.slug}",), page.title, tag)
        yield other_row("page", "densaulyq", (f"http://{HOST}/{tag}",), news.chrome["name"], tag)
        url = f"http://{HOST}/{tag}/news"
        yield other_row("listing", "densaulyq", (url, f"{url}?page=0"), news.chrome["news"], tag)
        for number in range(1, page_count(news.articles, PAGE_SIZE)):
            yield other_row("listing", "densaulyq", (f"{url}?page={number}",), news.chrome["news"], tag)


_LANGUAGE = "/(en|ru|kk)"
SITE = Site(
    slug="densaulyq",
    hosts=(HOST,),
    routes=(
        ("/", _root),
        ("/robots.txt", _robots),
        (_LANGUAGE + "/?", _home),
        (_LANGUAGE + "/news", _listing),
        (_LANGUAGE + "/news/([a-z0-9-]+)", _alias),
        (_LANGUAGE + r"/node/(\d+)", _by_node),
        (_LANGUAGE + "/([a-z-]+)", _page),
    ),
    rows=_rows,
    sends=frozenset({"last-modified"}),
    server="Apache",
)
