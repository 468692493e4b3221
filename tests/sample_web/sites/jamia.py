"""jamia.example: Arabic in windows-1256 that no header declares, and only every other page in its meta tag."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.sample_web.content import Article, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import html_answer, link, links, number_of, page_count, page_of, paragraphs
from tests.sample_web.site import Answer, Request, Row, Site

HOST = "www.jamia.example"
PAGE_SIZE = 5
NEWS = load("jamia", "ar")
WORDS = NEWS.chrome


def _path(article: Article) -> str:
    return f"/ar/news.aspx?id={article.id}"


def _written(article: Article) -> str:
    """The date in the article's own form: Levantine, Egyptian or both months, with the Hijri date or by it alone."""
    moment, form = article.published, article.more["form"]
    assert moment is not None
    levant, egypt = WORDS["levant"][moment.month - 1], WORDS["egypt"][moment.month - 1]
    weekday = WORDS["weekdays"][moment.weekday()]
    forms = {
        "levant": f"{weekday} {moment.day} {levant} {moment.year}",
        "egypt": f"{moment.day} {egypt} {moment.year}",
        "dual": f"{weekday} {moment.day} {levant} / {egypt} {moment.year}",
        "both": f"{weekday} {article.more.get('hijri')} الموافق {moment.day} {levant} {moment.year}م",
        "hijri": f"{article.more.get('hijri')}",
    }
    return forms[form]


def _frame(title: str, main: str, *, declared: bool) -> Answer:
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">' if declared else ""
    latest = "".join(
        f"<tr><td>- {link(_path(one), one.title)}<br><font size=1>{_written(one)}</font></td></tr>"
        for one in NEWS.articles[:3]
    )
    page = f"""<html dir="rtl" lang="ar">
<head>
{meta}
<title>{escape(title)} :: {WORDS["name"]}</title>
<link rel="stylesheet" href="/css/style.css">
</head>
<body topmargin="0" bgcolor="#ffffff">
<table width="100%" border="0"><tr><td><img src="/images/header.jpg" alt="{WORDS["name"]}"></td></tr>
<tr><td bgcolor="#003366">{links(WORDS["menu"], " | ")}</td></tr></table>
<table width="100%" border="0"><tr>
<td width="20%" valign="top"><table border="0"><tr><td><b>{WORDS["latest"]}</b></td></tr>{latest}</table>
<p>{WORDS["vote"]}</p><p>{WORDS["visits"]}: 90412</p></td>
<td width="80%" valign="top">
{main}
</td></tr></table>
<table width="100%"><tr><td align="center">{WORDS["footer"]}<br><a href="mailto:info@jamia.example">info@jamia.example</a>
<a href="/files/guide.pdf">PDF</a> <a href="javascript:window.external.AddFavorite()">+</a></td></tr></table>
</body>
</html>
"""
    return html_answer(page, "cp1256", content_type="text/html")


def _article(request: Request) -> Answer | None:
    article = NEWS.article(request.query.get("id", ""))
    if article is None:
        return None
    main = f"""<h1 class="title">{escape(article.title)}</h1>
<div class="date">{WORDS["published"]}: {_written(article)}</div>
<img src="/images/news/{article.id}.jpg" alt="" align="left">
<div id="details" align="justify">
{paragraphs(article.paragraphs)}
</div>
<p class="tools"><a href="javascript:print()">{WORDS["print"]}</a> <a href="/ar/send.aspx?id={article.id}">{WORDS["send"]}</a></p>"""
    return _frame(article.title, main, declared=article.id % 2 == 1)


def _listing(request: Request) -> Answer | None:
    number = number_of(request.query.get("p", ""), 1)
    shown = page_of(NEWS.articles, number, PAGE_SIZE)
    if not shown:
        return None
    rows = "".join(
        f"<tr><td><b>{link(_path(one), one.title)}</b><br><i>{_written(one)}</i><br>{escape(one.lead)} "
        f"{link(_path(one), WORDS['more'])}</td></tr>"
        for one in shown
    )
    count = page_count(NEWS.articles, PAGE_SIZE)
    pager = " ".join(link(f"/ar/news_list.aspx?p={one}", str(one)) for one in range(1, count + 1))
    if number < count:
        pager += " " + link(f"/ar/news_list.aspx?p={number + 1}", WORDS["next"])
    main = f'<h1>{WORDS["news"]}</h1><table id="newslist">{rows}</table><p align="center">{pager}</p>'
    return _frame(WORDS["news"], main, declared=True)


def _page(request: Request) -> Answer | None:
    page = NEWS.page(request.query.get("id", ""))
    if page is None:
        return None
    return _frame(page.title, f"<h1>{page.title}</h1>{paragraphs(page.paragraphs)}", declared=False)


def _home(_: Request) -> Answer:
    first = NEWS.articles[0]
    main = f"<h2>{link(_path(first), first.title)}</h2>{link('/ar/news_list.aspx', WORDS['news'])}"
    return _frame(WORDS["name"], main, declared=True)


def _rows() -> Iterator[Row]:
    root = f"http://{HOST}"
    for article in NEWS.articles:
        calendar = "islamic" if article.more["form"] == "hijri" else "gregorian"
        yield article_row("jamia", article, (f"{root}{_path(article)}",), calendar=calendar)
    for page in NEWS.pages:
        yield other_row("page", "jamia", (f"{root}/ar/page.aspx?id={page.slug}",), page.title, "ar")
    yield other_row("page", "jamia", (f"{root}/ar/default.aspx", f"{root}/"), WORDS["name"], "ar")
    listing = f"{root}/ar/news_list.aspx"
    yield other_row("listing", "jamia", (listing, f"{listing}?p=1"), WORDS["news"], "ar")
    yield other_row("listing", "jamia", (f"{listing}?p=2",), WORDS["news"], "ar")


SITE = Site(
    slug="jamia",
    hosts=(HOST,),
    routes=(
        (r"/|/ar/default\.aspx", _home),
        (r"/ar/news\.aspx", _article),
        (r"/ar/news_list\.aspx", _listing),
        (r"/ar/page\.aspx", _page),
    ),
    rows=_rows,
    server="Microsoft-IIS/6.0",
)
