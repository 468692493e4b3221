"""universitas.example: WordPress in Indonesian; feed, permalinks, ?p= twins, JSON-LD, boxes around and within the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape

from tests.sample_web.content import Article, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import (
    html_answer,
    link,
    links,
    list_items,
    number_of,
    page_count,
    page_of,
    paragraphs,
    text_answer,
)
from tests.sample_web.site import Answer, Request, Row, Site, moved

HOST = "universitas.example"
ROOT = f"http://{HOST}"
PAGE_SIZE = 5
NEWS = load("universitas", "id")
WORDS = NEWS.chrome
ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"


def _moment(article: Article) -> datetime:
    assert isinstance(article.published, datetime)
    return article.published


def _url(article: Article) -> str:
    return f"{ROOT}/{_moment(article):%Y/%m/%d}/{article.slug}/"


def _written(article: Article) -> str:
    moment = _moment(article)
    return f"{moment.day} {WORDS['months'][moment.month - 1]} {moment.year}"


def _json_ld(article: Article) -> str:
    """The graph that SEO plugins write."""
    modified = article.modified
    changed = {"dateModified": modified.isoformat()} if modified else {}
    graph = [
        {
            "@type": "Article",
            "@id": f"{_url(article)}#article",
            "isPartOf": {"@id": _url(article)},
            "author": {"name": WORDS["author"], "@id": f"{ROOT}/#/schema/person/1"},
            "headline": article.title,
            "datePublished": _moment(article).isoformat(),
            **changed,
            "mainEntityOfPage": {"@id": _url(article)},
            "inLanguage": "id",
        },
        {"@type": "WebPage", "@id": _url(article), "url": _url(article), "name": f"{article.title} - {WORDS['name']}"},
        {"@type": "WebSite", "@id": f"{ROOT}/#website", "url": f"{ROOT}/", "name": WORDS["name"]},
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)


def _article_head(article: Article) -> str:
    modified = article.modified
    changed = f'\n<meta property="article:modified_time" content="{modified.isoformat()}" />' if modified else ""
    return f"""<link rel="canonical" href="{_url(article)}" />
<meta property="og:type" content="article" />
<meta property="og:title" content="{escape(article.title)} - {WORDS["name"]}" />
<meta property="og:url" content="{_url(article)}" />
<meta property="article:published_time" content="{_moment(article).isoformat()}" />{changed}
<script type="application/ld+json" class="yoast-schema-graph">{_json_ld(article)}</script>
<link rel="shortlink" href="{ROOT}/?p={article.id}" />"""


def _frame(title: str, main: str, head: str = "") -> Answer:
    menu = list_items((link(href, text) for href, text in WORDS["menu"]), 'class="menu-item"')
    recent = list_items(
        f'{link(_url(one), one.title)}<span class="post-date">{_written(one)}</span>' for one in NEWS.articles[:3]
    )
    return html_answer(f"""<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{escape(title)} - {WORDS["name"]}</title>
{head}
<link rel="alternate" type="application/rss+xml" title="{WORDS["name"]} » Feed" href="{ROOT}/feed/" />
<meta name="generator" content="WordPress 6.6" />
</head>
<body class="wp-singular">
<header class="site-header"><p class="site-title"><a href="{ROOT}/" rel="home">{WORDS["name"]}</a></p>
<p class="site-description">{WORDS["tagline"]}</p>
<nav class="main-navigation"><ul id="primary-menu">{menu}</ul></nav></header>
<div class="site-content">
<main id="main" class="site-main">
{main}
</main>
<aside id="secondary" class="widget-area">
<section class="widget widget_search"><form role="search" action="{ROOT}/"><input type="search" name="s" /></form></section>
<section class="widget widget_recent_entries"><h2 class="widget-title">{WORDS["recent"]}</h2><ul>{recent}</ul></section>
<section class="widget widget_archive"><h2 class="widget-title">{WORDS["archives"]}</h2><ul><li>November 2026</li>
<li>Oktober 2026</li></ul></section>
</aside></div>
<footer class="site-footer"><p>{WORDS["footer"]}</p><a href="https://www.instagram.com/contoh">Instagram</a>
<a href="tel:+62341000000">(0341) 000-000</a> <a href="/wp-content/uploads/brosur.pdf">Brosur</a></footer>
</body>
</html>
""")


def _body(article: Article) -> str:
    """The text with a "read also" box between its paragraphs, as editors put there."""
    also = NEWS.others(article, 1)[0]
    box = f'<div class="baca-juga"><strong>{WORDS["also"]}</strong> {link(_url(also), also.title)}</div>'
    return paragraphs(article.paragraphs[:2]) + f"\n{box}\n" + paragraphs(article.paragraphs[2:])


def _article_page(article: Article) -> Answer:
    url = _url(article)
    shares = [(f"https://twitter.com/intent/tweet?url={url}", "Twitter"), (f"https://wa.me/?text={url}", "WhatsApp")]
    related = list_items(
        f"{link(_url(one), one.title)} <time>{_written(one)}</time>" for one in NEWS.others(article, 3)
    )
    main = f"""<article id="post-{article.id}" class="post-{article.id} post type-post status-publish format-standard hentry">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on"><a href="{url}" rel="bookmark">
<time class="entry-date published" datetime="{_moment(article).isoformat()}">{_written(article)}</time></a></span>
<span class="byline"><a class="url fn n" href="{ROOT}/author/humas/">{WORDS["author"]}</a></span></div></header>
<figure class="post-thumbnail"><img src="/wp-content/uploads/{article.id}.jpg" alt="" /></figure>
<div class="entry-content">
{_body(article)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{WORDS["share"]}</h3>{links(shares)}</div>
</div>
<footer class="entry-footer"><a href="{ROOT}/category/berita/" rel="category tag">{WORDS["category"]}</a></footer>
</article>
<div class="related-posts"><h3>{WORDS["related"]}</h3><ul>{related}</ul></div>
<div id="comments" class="comments-area"><ol class="comment-list"><li class="comment"><cite class="fn">Sari</cite>
<p>{WORDS["comment"]}</p></li></ol>
<div id="respond"><h3 id="reply-title">{WORDS["comments"]}</h3><form action="/wp-comments-post.php" method="post">
<textarea name="comment"></textarea></form></div></div>"""
    return _frame(article.title, main, _article_head(article))


def _permalink(_: Request, day: str, slug: str) -> Answer | None:
    article = NEWS.article(slug)
    return _article_page(article) if article and day == f"{_moment(article):%Y/%m/%d}" else None


def _by_id(request: Request) -> Answer | None:
    """/?p=<id>: even numbers redirect to the permalink, odd ones answer with the page, as caching plugins make them."""
    if "p" not in request.query:
        return _index(request, "", "1")
    article = NEWS.article(request.query["p"])
    if article is None:
        return None
    return moved(_url(article)) if article.id % 2 == 0 else _article_page(article)


def _index(_: Request, category: str, page: str | None) -> Answer | None:
    number = number_of(page or "1", 1)
    shown = page_of(NEWS.articles, number, PAGE_SIZE)
    if not shown:
        return None
    posts = "\n".join(
        f'<article class="post hentry"><h2 class="entry-title"><a href="{_url(one)}" rel="bookmark">{escape(one.title)}</a></h2>'
        f'<time class="entry-date" datetime="{_moment(one).isoformat()}">{_written(one)}</time>'
        f'<div class="entry-summary"><p>{escape(one.lead)} [&hellip;]</p></div></article>'
        for one in shown
    )
    pager = ""
    if number < page_count(NEWS.articles, PAGE_SIZE):
        older = link(f"{ROOT}/{category}page/{number + 1}/", WORDS["older"])
        pager = f'<nav class="navigation posts-navigation"><div class="nav-previous">{older}</div></nav>'
    title = WORDS["category"] if category else WORDS["tagline"]
    return _frame(title, f'<h1 class="page-title">{title}</h1>{posts}{pager}')


def _feed(request: Request) -> Answer | None:
    shown = page_of(NEWS.articles, number_of(request.query.get("paged", ""), 1), PAGE_SIZE)
    if not shown:
        return None
    items = "".join(_item(one) for one in shown)
    channel = f"<title>{WORDS['name']}</title><link>{ROOT}/</link><description>{WORDS['tagline']}</description>"
    return text_answer(
        f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{channel}
<atom:link href="{ROOT}/feed/" rel="self" type="application/rss+xml" /><language>id</language>
{items}</channel></rss>
""",
        "application/rss+xml; charset=UTF-8",
    )


def _item(article: Article) -> str:
    whole = f"<content:encoded><![CDATA[{paragraphs(article.paragraphs)}]]></content:encoded>"
    return f"""<item><title>{escape(article.title)}</title><link>{_url(article)}</link>
<dc:creator><![CDATA[{WORDS["author"]}]]></dc:creator><pubDate>{format_datetime(_moment(article))}</pubDate>
<guid isPermaLink="false">{ROOT}/?p={article.id}</guid>
<description><![CDATA[{escape(article.lead)} [&#8230;]]]></description>{whole if article.id % 3 == 0 else ""}</item>
"""


def _page(_: Request, slug: str) -> Answer | None:
    page = NEWS.page(slug)
    if page is None:
        return None
    content = f'<div class="entry-content">{paragraphs(page.paragraphs)}</div>'
    return _frame(
        page.title, f'<article class="page type-page"><h1 class="entry-title">{page.title}</h1>{content}</article>'
    )


def _robots(_: Request) -> Answer:
    return text_answer(ROBOTS)


def _rows() -> Iterator[Row]:
    for article in NEWS.articles:
        yield article_row("universitas", article, (_url(article), f"{ROOT}/?p={article.id}"))
    for page in NEWS.pages:
        yield other_row("page", "universitas", (f"{ROOT}/{page.slug}/",), page.title, "id")
    for prefix, title in (("", WORDS["tagline"]), ("category/berita/", WORDS["category"])):
        yield other_row("listing", "universitas", (f"{ROOT}/{prefix}", f"{ROOT}/{prefix}page/1/"), title, "id")
        yield other_row("listing", "universitas", (f"{ROOT}/{prefix}page/2/",), title, "id")


SITE = Site(
    slug="universitas",
    hosts=(HOST,),
    routes=(
        ("/", _by_id),
        (r"/()page/(\d+)/", _index),
        (r"/(category/berita/)(?:page/(\d+)/)?", _index),
        ("/feed/", _feed),
        ("/robots.txt", _robots),
        (r"/(\d{4}/\d\d/\d\d)/([a-z0-9-]+)/", _permalink),
        ("/([a-z-]+)/", _page),
    ),
    rows=_rows,
    sends=frozenset({"etag"}),
    gzips=True,
    server="LiteSpeed",
)
