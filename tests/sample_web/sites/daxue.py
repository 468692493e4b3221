"""daxue.example: Chinese in GBK, declared as gb2312; addresses and lists that count down, as the VSB site builder makes them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.sample_web.content import Article, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, links, list_items, number_of, page_count, page_of, paragraphs
from tests.sample_web.site import Answer, Request, Row, Site, dated

HOST = "io.daxue.example"
PAGE_SIZE = 3
NEWS = load("daxue", "zh")
WORDS = NEWS.chrome
COUNT = page_count(NEWS.articles, PAGE_SIZE)


def _path(article: Article) -> str:
    return f"/info/1042/{article.id}.htm"


def _day(article: Article) -> str:
    moment = article.published
    assert moment is not None
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _list_path(number: int) -> str:
    """The first page is index.htm, the others count down to 1.htm, the oldest."""
    return "/gjjl/index.htm" if number == 1 else f"/gjjl/{COUNT + 1 - number}.htm"


def _frame(title: str, main: str) -> Answer:
    hot = list_items(f"{link(_path(one), one.title)}<span>{one.published:%m-%d}</span>" for one in NEWS.articles[3:6])
    return html_answer(
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<HTML><HEAD><TITLE>{escape(title)}-{WORDS["name"]}</TITLE>
<META content="text/html; charset=gb2312" http-equiv="Content-Type">
<META Name="keywords" Content="{WORDS["name"]},{WORDS["news"]}" />
<LINK rel="stylesheet" type="text/css" href="/style/style.css">
<!--Announced by Visual SiteBuilder 9--></HEAD>
<BODY>
<div class="top"><img src="/images/logo.png" alt="{WORDS["name"]}"><form action="/ssjg.jsp"><input name="lucenenewssearchkey"></form></div>
<div class="nav">{links(WORDS["menu"])}</div>
<div class="wrap">
<div class="left"><h3>{WORDS["hot"]}</h3><ul>{hot}</ul></div>
<div class="right">
<div class="pos">{WORDS["here"]}: <a href="/">{WORDS["home"]}</a>&gt;&gt; <a href="/gjjl/index.htm">{WORDS["news"]}</a></div>
{main}
</div></div>
<div class="foot"><p>{WORDS["friends"]}: <a href="http://www.tabib.example/">Tabib</a></p><p>{WORDS["footer"]}</p></div>
</BODY></HTML>
""",
        "gbk",
        content_type="text/html",
    )


def _neighbours(article: Article) -> str:
    """Links to the articles before and after, under the text."""
    at = NEWS.articles.index(article)
    around = ((WORDS["previous"], NEWS.articles[max(at - 1, 0) : at]), (WORDS["next"], NEWS.articles[at + 1 : at + 2]))
    return "".join(f"<p>{label}：{link(_path(one), one.title)}</p>" for label, ones in around for one in ones)


def _article(_: Request, identity: str) -> Answer | None:
    article = NEWS.article(identity)
    if article is None:
        return None
    counter = f"<script>_showDynClickBatch(['dynclicks_u7_{article.id}'],[{article.id}],\"wbnews\", 1591)</script>"
    main = f"""<form name="_newscontent_fromname"><div class="content">
<h2 align="center">{escape(article.title)}</h2>
<div class="info"><span>{WORDS["published"]}：{_day(article)}&nbsp;&nbsp;{WORDS["author"]}&nbsp;&nbsp;
{WORDS["visits"]}：</span>{counter}</div>
<div id="vsb_content_2"><div class="v_news_content">
<p class="vsbcontent_img" style="text-align: center;"><img src="/__local/{article.id}.jpg"></p>
{paragraphs(article.paragraphs, '<p style="text-indent: 2em;">')}
</div></div>
<div class="neighbours">{_neighbours(article)}</div>
<p align="right">【<a href="javascript:window.opener=null;window.close();">{WORDS["close"]}</a>】</p>
</div></form>"""
    return dated(_frame(article.title, main), article.published)


def _listing(_: Request, name: str) -> Answer | None:
    number = 1 if name == "index" else COUNT + 1 - number_of(name, 0)
    shown = page_of(NEWS.articles, number, PAGE_SIZE)
    if not shown or (number == 1 and name != "index"):
        return None
    items = list_items(f"{link(_path(one), one.title)}<span>{one.published:%Y-%m-%d}</span>" for one in shown)
    steps = [(_list_path(1), WORDS["first_page"]), (_list_path(COUNT), WORDS["last_page"])]
    following = (
        f'<span class="p_next">{link(_list_path(number + 1), WORDS["next_page"])}</span>' if number < COUNT else ""
    )
    main = f'<div class="list"><ul>{items}</ul></div><div class="pb_sys_common">{links(steps)}{following} {number}/{COUNT}</div>'
    return _frame(WORDS["news"], main)


def _page(_: Request, slug: str) -> Answer | None:
    page = NEWS.page(slug)
    if page is None:
        return None
    return _frame(page.title, f'<div class="v_news_content"><h2>{page.title}</h2>{paragraphs(page.paragraphs)}</div>')


def _home(_: Request) -> Answer:
    items = list_items(link(_path(one), one.title) for one in NEWS.articles[:2])
    return _frame(WORDS["home"], f"<ul>{items}</ul>{link('/gjjl/index.htm', WORDS['news'])}")


def _rows() -> Iterator[Row]:
    root = f"http://{HOST}"
    for article in NEWS.articles:
        yield article_row("daxue", article, (f"{root}{_path(article)}",))
    for page in NEWS.pages:
        yield other_row("page", "daxue", (f"{root}/{page.slug}.htm",), page.title, "zh")
    yield other_row("page", "daxue", (f"{root}/", f"{root}/index.htm"), WORDS["home"], "zh")
    for number in range(1, COUNT + 1):
        yield other_row("listing", "daxue", (f"{root}{_list_path(number)}",), WORDS["news"], "zh")


SITE = Site(
    slug="daxue",
    hosts=(HOST,),
    routes=(
        (r"/|/index\.htm", _home),
        (r"/info/1042/(\d+)\.htm", _article),
        (r"/gjjl/(index|\d+)\.htm", _listing),
        (r"/([a-z]+)\.htm", _page),
    ),
    rows=_rows,
    sends=frozenset({"etag", "last-modified"}),
    server="VWebServer/6.0",
)
