"""donishgoh.example: Joomla in Tajik; ?start= paging, /index.php/ twins, a print view of each article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from tests.sample_web.content import Article, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, list_items, number_of, page_of, paragraphs, text_answer
from tests.sample_web.site import Answer, Request, Row, Site

HOST = "donishgoh.example"
PAGE_SIZE = 5
NEWS = load("donishgoh", "tg")
WORDS = NEWS.chrome
PRINT = "tmpl=component&print=1"
ROBOTS = "User-agent: *\nDisallow: /administrator/\nDisallow: /cache/\nDisallow: /components/\nDisallow: /tmp/\n"


def _path(article: Article) -> str:
    return f"/tj/khabarho/{article.id}-{article.slug}"


def _time(article: Article) -> str:
    moment = article.published
    assert isinstance(moment, datetime)
    written = f"{moment.day} {WORDS['months'][moment.month - 1].capitalize()} {moment.year}"
    return f'<time datetime="{moment.isoformat()}" itemprop="datePublished">{WORDS["published"]}: {written}</time>'


def _head(title: str, head: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="tg-tj" dir="ltr">
<head>
<meta charset="utf-8">
<base href="http://{HOST}/">
<meta name="generator" content="Joomla! - Open Source Content Management">
<title>{escape(title)}</title>
{head}
<link href="/templates/protostar/css/template.css" rel="stylesheet">
</head>"""


def _frame(title: str, main: str, head: str = "") -> Answer:
    menu = list_items((link(href, text) for href, text in WORDS["menu"]), 'class="item-101"')
    latest = list_items(link("/index.php" + _path(one), one.title) for one in NEWS.articles[:4])
    return html_answer(f"""{_head(title, head)}
<body class="site com_content view-article">
<div class="body"><div class="container">
<header class="header"><a class="brand" href="/"><span class="site-title">{WORDS["name"]}</span></a>
<div class="search"><form action="/index.php" method="post"><input name="searchword" placeholder="{WORDS["search"]}"></form></div></header>
<nav class="navigation"><ul class="nav menu">{menu}</ul></nav>
<div class="row-fluid">
<main id="content" class="span9">
<ul class="breadcrumb"><li>{WORDS["here"]}: </li><li><a href="/tj/" class="pathway">{WORDS["menu"][0][1]}</a></li>
<li class="active">{escape(title)}</li></ul>
{main}
</main>
<div id="aside" class="span3"><div class="well"><h3 class="page-header">{WORDS["latest"]}</h3><ul class="latestnews">{latest}</ul>
</div></div></div></div></div>
<footer class="footer"><p>{WORDS["footer"]}</p><a href="mailto:info@{HOST}">info@{HOST}</a>
<a href="tel:+992372000000">+992 37 200-00-00</a> <a href="/images/oinnoma.pdf">PDF</a></footer>
</body>
</html>
""")


def _content(article: Article) -> str:
    return f"""<div class="item-page" itemscope itemtype="https://schema.org/Article">
<div class="page-header"><h2 itemprop="headline">{escape(article.title)}</h2></div>
<div class="icons"><a href="{_path(article)}?{escape(PRINT)}" rel="nofollow" onclick="return false">{WORDS["print"]}</a>
<a href="/index.php/component/mailto/?link={article.id}">{WORDS["email"]}</a></div>
<dl class="article-info muted"><dd class="category-name">{WORDS["category"]}: <a href="/tj/khabarho">{WORDS["news"]}</a></dd>
<dd class="published">{_time(article)}</dd><dd class="hits">{WORDS["hits"]}: {article.id * 7}</dd></dl>
<div itemprop="articleBody"><p><img src="/images/{article.id}.jpg" alt=""></p>
{paragraphs(article.paragraphs)}
</div></div>"""


def _article(request: Request, identity: str, slug: str) -> Answer | None:
    article = NEWS.article(identity)
    if article is None or article.slug != slug:
        return None
    if request.query.get("tmpl") == "component":
        robots = '<meta name="robots" content="noindex, nofollow">'
        body = f'<body class="contentpane modal"><a href="#" onclick="window.print()">{WORDS["print"]}</a>{_content(article)}</body>'
        return html_answer(f"{_head(article.title, robots)}\n{body}\n</html>\n")
    return _frame(article.title, _content(article), f'<link href="http://{HOST}{_path(article)}" rel="canonical">')


def _listing(request: Request) -> Answer | None:
    start = number_of(request.query.get("start", ""), 0)
    shown = page_of(NEWS.articles, start // PAGE_SIZE + 1, PAGE_SIZE)
    if not shown:
        return None
    items = "\n".join(
        f'<div class="items-row"><div class="item"><h2 itemprop="name">{link(_path(one), one.title)}</h2>'
        f'<dl class="article-info"><dd>{_time(one)}</dd></dl><p>{escape(one.lead)}</p></div></div>'
        for one in shown
    )
    starts = range(0, len(NEWS.articles), PAGE_SIZE)
    pager = list_items(
        link(f"/tj/khabarho?start={one}" if one else "/tj/khabarho", str(at)) for at, one in enumerate(starts, 1)
    )
    if start + PAGE_SIZE < len(NEWS.articles):
        pager += f"<li>{link(f'/tj/khabarho?start={start + PAGE_SIZE}', WORDS['next'])}</li>"
    title = WORDS["news"]
    return _frame(title, f'<div class="blog"><h1>{title}</h1>{items}</div><ul class="pagination-list">{pager}</ul>')


def _page(_: Request, slug: str) -> Answer | None:
    page = NEWS.page(slug)
    if page is None:
        return None
    body = f'<div class="item-page"><h2>{page.title}</h2>{paragraphs(page.paragraphs)}</div>'
    return _frame(page.title, body)


def _home(_: Request) -> Answer:
    slides = "".join(
        f'<div class="slide">{link("/index.php" + _path(one), one.title)}</div>' for one in NEWS.articles[:2]
    )
    return _frame(WORDS["name"], f"{slides}<p>{link('/tj/khabarho', WORDS['news'])}</p>")


def _robots(_: Request) -> Answer:
    return text_answer(ROBOTS)


def _rows() -> Iterator[Row]:
    root = f"http://{HOST}"
    for article in NEWS.articles:
        path = _path(article)
        addresses = (f"{root}{path}", f"{root}/index.php{path}", f"{root}{path}?{PRINT}")
        yield article_row("donishgoh", article, addresses)
    for page in NEWS.pages:
        yield other_row("page", "donishgoh", (f"{root}/tj/{page.slug}",), page.title, "tg")
    yield other_row("page", "donishgoh", (f"{root}/tj/", f"{root}/", f"{root}/index.php/tj/"), WORDS["name"], "tg")
    first = f"{root}/tj/khabarho"
    yield other_row("listing", "donishgoh", (first, f"{first}?start=0"), WORDS["news"], "tg")
    yield other_row("listing", "donishgoh", (f"{first}?start=5",), WORDS["news"], "tg")


SITE = Site(
    slug="donishgoh",
    hosts=(HOST,),
    routes=(
        (r"/|(?:/index\.php)?/tj/?", _home),
        ("/robots.txt", _robots),
        (r"(?:/index\.php)?/tj/khabarho", _listing),
        (r"(?:/index\.php)?/tj/khabarho/(\d+)-([a-z-]+)", _article),
        (r"(?:/index\.php)?/tj/([a-z-]+)", _page),
    ),
    rows=_rows,
    server="nginx/1.18.0",
)
