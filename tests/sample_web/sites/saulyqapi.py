"""saulyqapi.example: a single-page site; its HTML is an empty shell, the news are JSON. Kazakh and Russian."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from tests.sample_web.content import Article, Content, load
from tests.sample_web.manifest import article_row, other_row
from tests.sample_web.markup import number_of, page_of, paragraphs, text_answer
from tests.sample_web.site import Answer, Request, Row, Site
from tests.sample_web.sites import densaulyq

HOST = "saulyqapi.example"
PROJECT = "dsm"
NEWS = {tag: load("saulyqapi", tag) for tag in ("kk", "ru")}
API = "/api/v1/public/content-manager/news"
ENTITY = f"/memleket/entities/{PROJECT}"
SHELL = """<!doctype html>
<html lang="kk">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Memleket</title><base href="/"><link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/styles.8d1f.css"></head>
<body><app-root></app-root><noscript>Please enable JavaScript to continue using this application.</noscript>
<script src="/runtime.41c2.js" defer></script><script src="/main.b93e.js" defer></script></body>
</html>
"""


def _language(request: Request) -> Content:
    """The language that the asker wants: `lang` of the query, else Accept-Language, else Kazakh."""
    wanted = request.query.get("lang") or request.headers.get("accept-language", "")
    return NEWS["ru" if wanted.lower().startswith("ru") else "kk"]


def _json_answer(value: Any) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(200, body, "application/json", (("Vary", "Accept-Language"),))


def _listed(article: Article) -> dict[str, Any]:
    moment = article.published
    assert isinstance(moment, datetime)
    return {
        "id": article.id,
        "title": article.title,
        "short_description": f"<p>{escape(article.lead)}</p>",
        "created_date": moment.isoformat(),
        "projects": PROJECT,
        "main_picture": f"/uploads/{article.id}.jpg",
        "views": article.id % 900,
        "tags": None,
    }


def _list(request: Request) -> Answer:
    """Records newest first; `projects=eq:...`, `page` from 1 and `size`; an empty list past the end."""
    if request.query.get("projects", f"eq:{PROJECT}") != f"eq:{PROJECT}":
        return _json_answer([])
    number, size = (number_of(request.query.get(name, ""), default) for name, default in (("page", 1), ("size", 10)))
    return _json_answer([_listed(one) for one in page_of(_language(request).articles, number, max(size, 1))])


def _record(_: Request, identity: str) -> Answer:
    article = next((found for news in NEWS.values() if (found := news.article(identity))), None)
    if article is None:
        missing = json.dumps({"status": 404, "message": "NOT_FOUND"}).encode()
        return Answer(404, missing, "application/json")
    return _json_answer({**_listed(article), "body": paragraphs(article.paragraphs), "attachments": []})


def _shell(_: Request) -> Answer:
    return text_answer(SHELL, "text/html; charset=utf-8")


def _robots(_: Request) -> Answer:
    return text_answer("User-agent: *\nDisallow: /cabinet/\n")


def _rows() -> Iterator[Row]:
    root = f"http://{HOST}"
    for tag, news in NEWS.items():
        for article in news.articles:
            first = f"http://{densaulyq.HOST}{_origin_path(article)}" if article.copy_of else None
            url = f"{root}{ENTITY}/press/news/details/{article.id}?lang={tag}"
            yield article_row("saulyqapi", article, (url,), copy_of=first)
        for page in news.pages:
            yield other_row("page", "saulyqapi", (f"{root}{ENTITY}/{page.slug}?lang={tag}",), page.title, tag)
        listing = f"{root}{ENTITY}/press/news?lang={tag}"
        yield other_row("listing", "saulyqapi", (listing,), news.chrome["title"], tag)


def _origin_path(article: Article) -> str:
    _, language, identity = article.copy_of.split("/")
    origin = densaulyq.NEWS[language].article(identity)
    assert origin is not None
    return densaulyq.path(origin)


SITE = Site(
    slug="saulyqapi",
    hosts=(HOST,),
    routes=((API, _list), (API + r"/(\d+)", _record), ("/robots.txt", _robots), ("/|/memleket(?:/.*)?", _shell)),
    rows=_rows,
    sends=frozenset({"etag"}),
    server="nginx",
)
