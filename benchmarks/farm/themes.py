"""Four ways in which such sites write their pages: the same news, another markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from benchmarks.farm.chrome import Chrome
from benchmarks.farm.language import Language
from benchmarks.farm.world import Theme


@dataclass(frozen=True, slots=True)
class Story:
    """An article as a page shows it. path: with its query. said: the date in words. edited: the day of its last edit, None without one."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    published: date
    said: str
    edited: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is drawn with. today: in words. dated: whether the site says dates. others: stories of the box beside an article."""

    language: Language
    chrome: Chrome
    host: str
    today: str
    dated: bool = True
    others: Sequence[Story] = ()


def article_page(theme: Theme, frame: Frame, story: Story) -> str:
    """The page of one article, not yet filled to its size."""
    return _page(frame, story.title, _ARTICLES[theme](frame, story), _article_head(theme, frame, story), theme)


def listing_page(
    theme: Theme, frame: Frame, stories: Sequence[Story], pager: str, extra: str = "", *, scripted: bool = False
) -> str:
    """A page of the list. extra: more links under it. scripted: no address stands in it, a script knows them."""
    link = _scripted if scripted else _linked
    rows = "\n".join(_ROWS[theme](frame, story, link) for story in stories)
    main = f'<h1>{escape(frame.language["news"])}</h1><div class="news-list">{rows}</div>{extra}<div class="pagination">{pager}</div>'
    return _page(frame, str(frame.language["news"]), main, "", theme)


def script_page(theme: Theme, frame: Frame, path: str) -> str:
    """An address of a site that a script draws: the frame, and nothing in it."""
    return _page(
        frame,
        frame.chrome.name,
        f'<div id="app" data-state="{escape(path)}"></div><noscript>JavaScript</noscript>',
        "",
        theme,
    )


def _page(frame: Frame, title: str, main: str, head: str, theme: Theme) -> str:
    language, chrome = frame.language, frame.chrome
    direction = ' dir="rtl"' if language.is_right_to_left else ""
    today = f'<div class="today">{frame.today}</div>' if theme == "portal" else ""
    return f"""<!DOCTYPE html>
<html lang="{language.tag}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} | {escape(chrome.name)}</title>
{head}<style>
/*styles*/
</style>
</head>
<body class="theme-{theme}">
<header><a class="brand" href="/"><img src="/logo.png" alt="{escape(chrome.name)}"></a>{today}{chrome.top}</header>
<nav>{chrome.menu}</nav>
{main}
<div class="sidebar">{chrome.side}</div>
<footer>{chrome.foot}</footer>
<script>
window.conf={{}};
/*scripts*/
</script>
</body>
</html>
"""


def _article_head(theme: Theme, frame: Frame, story: Story) -> str:
    lines = [
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{escape(story.title)}">',
        f'<meta property="og:image" content="http://{frame.host}/media/{abs(hash_of(story.path))}.jpg">',
        f'<link rel="canonical" href="http://{frame.host}{escape(story.path)}">',
    ]
    if theme == "press" and frame.dated:
        thing = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": story.published.isoformat(),
            "dateModified": (story.edited or story.published).isoformat(),
            "publisher": {"@type": "Organization", "name": frame.chrome.name},
        }
        lines.append(f'<script type="application/ld+json">{json.dumps(thing, ensure_ascii=False)}</script>')
    return "\n".join(lines) + "\n"


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return int.from_bytes(text.encode()[-6:])


def _body(story: Story) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def _others(frame: Frame, heading: str = "h4") -> str:
    rows = "".join(_linked(story) for story in frame.others)
    return (
        f'<aside class="related"><{heading}>{escape(frame.language["others"])}</{heading}>{rows}</aside>'
        if rows
        else ""
    )


def _said(frame: Frame, story: Story) -> str:
    return story.said if frame.dated else ""


def _portal(frame: Frame, story: Story) -> str:
    words = frame.language
    return f"""<div class="container"><div class="news-detail">
<h1 class="news-title">{escape(story.title)}</h1>
<div class="news-info"><span class="news-date">{_said(frame, story)}</span>
<span class="id">{escape(words["views"])}: {hash_of(story.path) % 900}</span></div>
<img class="news-image" src="/media/lead.jpg" alt="">
<div class="news-body">{_body(story)}</div>
<div class="share">{escape(words["share"])} <a href="/share/1">Telegram</a> <a href="/print">Print</a></div>
</div>{_others(frame)}</div>"""


def _press(frame: Frame, story: Story) -> str:
    time = (
        f'<time class="entry-date" datetime="{story.published.isoformat()}">{story.said}</time>' if frame.dated else ""
    )
    return f"""<main id="content" class="site-main"><article class="post type-post"><header class="entry-header">
<h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta">{time}</div></header>
<div class="entry-content">{_body(story)}</div>
<footer class="entry-footer"><a href="/category/news/">{escape(frame.language["news"])}</a></footer></article></main>{_others(frame)}"""


def _node(frame: Frame, story: Story) -> str:
    return f"""<div id="content" class="column"><div class="breadcrumb"><a href="/">{escape(frame.language["menu"][0])}</a> »
<a href="/news">{escape(frame.language["news"])}</a></div><h1 class="page-header">{escape(story.title)}</h1>
<div class="node node-news"><span class="submitted">{_said(frame, story)}</span><div class="field field-name-body">
<div class="field-items"><div class="field-item even">{_body(story)}</div></div></div></div></div>{_others(frame, "h2")}"""


def _table(frame: Frame, story: Story) -> str:
    return f"""<table width="100%"><tr><td class="left">{_others(frame)}</td><td class="center" valign="top">
<h2 class="caption">{escape(story.title)}</h2><div class="date">{_said(frame, story)}</div>
<div class="text">{_body(story)}</div></td></tr></table>"""


def _linked(story: Story) -> str:
    return f'<div class="item"><a href="{escape(story.path)}">{escape(story.title)}</a></div>'


def _scripted(story: Story) -> str:
    return f'<div class="item" data-go="{hash_of(story.path)}" onclick="go(this)">{escape(story.title)}</div>'


def _card(frame: Frame, story: Story, link: Callable[[Story], str]) -> str:
    return f'<div class="card"><small>{_said(frame, story)}</small>{link(story)}<p>{escape(story.paragraphs[0][:140])}</p></div>'


def _post(frame: Frame, story: Story, link: Callable[[Story], str]) -> str:
    time = f'<time datetime="{story.published.isoformat()}">{story.said}</time>' if frame.dated else ""
    return f'<article class="post"><h2 class="entry-title">{link(story)}</h2>{time}<p>{escape(story.paragraphs[0][:200])}</p></article>'


def _row(frame: Frame, story: Story, link: Callable[[Story], str]) -> str:
    return f'<div class="views-row"><span class="views-field-created">{_said(frame, story)}</span>{link(story)}</div>'


_ARTICLES: dict[Theme, Callable[[Frame, Story], str]] = {
    "portal": _portal,
    "press": _press,
    "node": _node,
    "table": _table,
}
_ROWS: dict[Theme, Callable[[Frame, Story, Callable[[Story], str]], str]] = {
    "portal": _card,
    "press": _post,
    "node": _row,
    "table": _row,
}
