"""saglik.example: a Turkish ministry whose home page is drawn by a script; its news are found through its sitemaps."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from tests.sample_web.content import Article, day, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, list_items, paragraphs, text_answer
from tests.sample_web.site import Answer, Request, Row, Site, dated

HOST = "saglik.example"
ROOT = f"http://{HOST}"
NEWS = load("saglik", "tr")
WORDS = NEWS.chrome
RECENT = 5
"""So many of the newest articles are in the first of the two sitemaps of articles, the compressed one."""
ROBOTS = f"User-agent: *\nDisallow: /giris\nDisallow: /arama\n\nSitemap: {ROOT}/sitemap_index.xml\n"
SITEMAPS = ("/sitemap-haberler-1.xml.gz", "/sitemap-haberler-2.xml", "/sitemap-sayfalar.xml", "/sitemap-news.xml")
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = "application/xml; charset=utf-8"


def _path(article: Article) -> str:
    return f"/TR-{article.id}/{article.slug}.html"


def _published(article: Article) -> date:
    assert article.published is not None
    return day(article.published)


def _written(moment: date) -> str:
    return f"{moment:%d} {WORDS['months'][moment.month - 1]} {moment.year}"


def _frame(title: str, main: str) -> Answer:
    menu = list_items(link(href, text) for href, text in WORDS["menu"])
    return html_answer(f"""<!DOCTYPE html>
<html lang="tr">
<head>
<meta charset="utf-8">
<title>{escape(title)} - T.C. {WORDS["name"]}</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/Assets/site.css">
</head>
<body>
<header><a href="/"><img src="/Assets/logo.png" alt="{WORDS["name"]}"></a>
<form action="/arama"><input name="q" placeholder="{WORDS["search"]}"></form>
<nav><ul>{menu}</ul></nav></header>
<div class="container">
{main}
</div>
<footer><p>{WORDS["hotline"]}: <a href="tel:182">182</a></p><p>{WORDS["footer"]}</p>
<a href="https://x.com/ornek">X</a> <a href="https://www.youtube.com/ornek">YouTube</a></footer>
</body>
</html>
""")


def _article(_: Request, identity: str) -> Answer | None:
    article = NEWS.article(identity)
    if article is None:
        return None
    others = list_items(
        f"{link(_path(one), one.title)} <small>{_written(_published(one))}</small>" for one in NEWS.others(article, 3)
    )
    changed = article.modified
    update = f'<div class="guncelleme">{WORDS["updated"]}: {changed:%d/%m/%Y}</div>' if changed else ""
    main = f"""<div class="row"><div class="icerik col-8">
<h1>{escape(article.title)}</h1>
<div class="tarih"><i class="icon-calendar"></i> {_written(_published(article))}</div>
<div class="resim"><img src="/Resim/{article.id}.jpg" alt=""></div>
<div class="metin">
{paragraphs(article.paragraphs)}
</div>
{update}
<div class="paylas">{WORDS["share"]}: <a href="https://www.facebook.com/sharer.php?u={ROOT}{_path(article)}">Facebook</a></div>
</div><div class="col-4"><h3>{WORDS["others"]}</h3><ul>{others}</ul>
<a href="javascript:void(0)" onclick="tumHaberler()">{WORDS["all"]}</a></div></div>"""
    return dated(_frame(article.title, main), article.modified or article.published)


def _page(_: Request, identity: str, slug: str) -> Answer | None:
    page = NEWS.page(f"{identity}/{slug}")
    if page is None:
        return None
    main = f'<div class="icerik"><h1>{page.title}</h1><div class="metin">{paragraphs(page.paragraphs)}</div></div>'
    return _frame(page.title, main)


def _home(_: Request) -> Answer:
    slider = f'<div id="slider" data-source="/ajax/slider">{WORDS["slider"]}</div>'
    return _frame(
        WORDS["name"],
        f'{slider}<a href="javascript:void(0)">{WORDS["all"]}</a><script src="/Assets/slider.js"></script>',
    )


def _urlset(entries: Iterable[str], namespaces: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACE}{namespaces}>\n{"".join(entries)}</urlset>\n'


def _entries(articles: Iterable[Article]) -> Iterator[str]:
    for one in articles:
        yield f"<url><loc>{ROOT}{_path(one)}</loc><lastmod>{one.modified or _published(one)}</lastmod></url>\n"


def _news_entry(article: Article) -> str:
    publication = (
        f"<news:publication><news:name>{WORDS['name']}</news:name><news:language>tr</news:language></news:publication>"
    )
    return (
        f"<url><loc>{ROOT}{_path(article)}</loc><news:news>{publication}"
        f"<news:publication_date>{_published(article)}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news></url>\n"
    )


def _index(_: Request) -> Answer:
    maps = "".join(f"<sitemap><loc>{ROOT}{one}</loc><lastmod>2026-11-17</lastmod></sitemap>\n" for one in SITEMAPS)
    index = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n'
    return text_answer(index, _XML)


def _recent_articles(_: Request) -> Answer:
    packed = gzip.compress(_urlset(_entries(NEWS.articles[:RECENT])).encode(), mtime=0)
    return Answer(200, packed, "application/x-gzip")


def _older_articles(_: Request) -> Answer:
    return text_answer(_urlset(_entries(NEWS.articles[RECENT:])), _XML)


def _standing_pages(_: Request) -> Answer:
    addresses = [f"{ROOT}/", *(_page_url(one.slug) for one in NEWS.pages)]
    return text_answer(_urlset(f"<url><loc>{one}</loc></url>\n" for one in addresses), _XML)


def _news(_: Request) -> Answer:
    namespace = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return text_answer(_urlset(map(_news_entry, NEWS.articles[:2]), namespace), _XML)


def _page_url(slug: str) -> str:
    return f"{ROOT}/TR-{slug}.html"


def _robots(_: Request) -> Answer:
    return text_answer(ROBOTS)


def _rows() -> Iterator[Row]:
    for article in NEWS.articles:
        yield article_row("saglik", article, (f"{ROOT}{_path(article)}",))
    for page in NEWS.pages:
        yield other_row("page", "saglik", (_page_url(page.slug),), page.title, "tr")
    yield other_row("page", "saglik", (f"{ROOT}/",), WORDS["name"], "tr")


SITE = Site(
    slug="saglik",
    hosts=(HOST,),
    routes=(
        ("/", _home),
        ("/robots.txt", _robots),
        (r"/sitemap_index\.xml", _index),
        *zip(SITEMAPS, (_recent_articles, _older_articles, _standing_pages, _news), strict=True),
        (r"/TR-(\d+)/[a-z0-9-]+\.html", _article),
        (r"/TR-(\d+)/([a-z0-9-]+)\.html", _page),
    ),
    rows=_rows,
    sends=frozenset({"last-modified"}),
    server="Microsoft-IIS/10.0",
)
