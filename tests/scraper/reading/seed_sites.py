"""The seeds' texts in their sites' markup. The markup and the chrome are our own; the text is read from the seed file."""

# ruff: noqa: E501  # markup is written as the sites write it, in long lines

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Block:
    """A paragraph of a seed: its HTML, its heading level (0 for a paragraph), whether it is one link."""

    html: str
    level: int
    linked: bool


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown-like text."""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        level = len(line) - len(line.lstrip("#"))
        words = html.escape(line.lstrip("# "), quote=False)
        linked = _LINK.fullmatch(words) is not None
        yield Block(_BOLD.sub(r"<strong>\1</strong>", _LINK.sub(r'<a href="\2">\1</a>', words)), level, linked)


def portal(text: str) -> str:
    """An ASP.NET portal in Persian: one form around all, tables for layout, today's date above, other dates beside."""
    parts = []
    for block in blocks(text):
        if block.level:
            parts.append(f'<h{block.level} dir="RTL" style="text-align:justify">{block.html}</h{block.level}>')
        elif block.linked and not parts:
            parts.append(f'<div class="NewsTitle">{block.html}</div>')
        else:
            parts.append(
                f'<p dir="RTL" style="text-align:justify"><span style="font-family:b nazanin">{block.html}</span></p>'
            )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="fa" dir="rtl"><head><meta charset="utf-8" /><title>پرتال دانشگاه علوم پزشکی تبریز</title></head>
<body><form method="post" action="./?PageID=1" id="aspnetForm"><div class="aspNetHidden">
<input type="hidden" name="__VIEWSTATE" value="dDwtMTIzNDU2Nzg5O3Q8O2w8aTwxPjs+" /></div>
<table width="100%" cellpadding="0" cellspacing="0"><tr><td class="header" colspan="3">
<table width="100%"><tr><td><a href="/"><img src="/logo.png" alt="دانشگاه علوم پزشکی تبریز" /></a></td>
<td class="today">یکشنبه ۱ آذر ۱۴۰۵</td><td><a href="/en/">English</a> | <a href="/ar/">العربية</a></td></tr></table></td></tr>
<tr><td colspan="3"><ul class="menu"><li><a href="/">صفحه اصلی</a></li><li><a href="/about">درباره دانشگاه</a></li>
<li><a href="/news">اخبار</a></li><li><a href="/contact">تماس با ما</a></li></ul></td></tr>
<tr><td class="sidebar" width="200"><table><tr><td>آخرین اخبار</td></tr>
<tr><td><a href="/p/1">آغاز ثبت نام وام دانشجویی در نیمسال جدید</a> 1405/08/28</td></tr>
<tr><td><a href="/p/2">نشست شورای فرهنگی با حضور نمایندگان تشکل ها</a> 1405/08/26</td></tr></table></td>
<td class="content"><table width="100%"><tr><td>
<div id="ctl00_ContentPlaceHolder1_news">{"".join(parts)}</div></td></tr></table></td>
<td width="180"><table><tr><td>اوقات شرعی</td></tr><tr><td>اذان ظهر ۱۱:۴۳</td></tr><tr><td><a href="/p/3">تقویم آموزشی سال جاری</a></td></tr></table></td></tr>
<tr><td colspan="3" class="footer">کلیه حقوق برای دانشگاه علوم پزشکی تبریز محفوظ است © 1398 - 1405</td></tr></table></form></body></html>"""


def custom_php(text: str) -> str:
    """A custom PHP site: menus and a counter lead the page, "Close Menu" ends them."""
    parts = []
    close = '<button class="close-menu" type="button">Close Menu</button>'
    for block in blocks(text):
        if block.html == "Close Menu":
            continue
        short = len(block.html) < 60 and not block.html.endswith(".")
        parts.append(f'<h3 class="page-title">{block.html}</h3>' if short and not parts else f"<p>{block.html}</p>")
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Samarkand State Medical University</title></head><body>
<div class="counter"><a href="https://top.mail.ru/jump?from=1"><img src="https://top.mail.ru/counter" alt="Top.Mail.Ru"></a> 1204 | 388</div>
<div class="mobile-menu"><ul><li><a href="/en">Home</a></li><li><a href="/en/news">News</a></li><li><a href="/en/pages/history">History</a></li>
<li><a href="/en/pages/international">International activity</a></li><li><a href="/en/contacts">Contacts</a></li></ul>{close}</div>
<header><a href="/en"><img src="/logo.svg" alt="Samarkand State Medical University"></a><span>22 November 2026</span></header>
<div class="container"><div class="row"><div class="col-md-9"><div class="text">{"".join(parts)}</div></div>
<div class="col-md-3"><div class="last-news"><h4>Latest news</h4><ul>
<li><a href="/en/news/9911">The spring sports festival has begun at the stadium</a> <span>19.11.2026</span></li>
<li><a href="/en/news/9907">A new laboratory was opened for first-year students</a> <span>17.11.2026</span></li></ul></div></div></div></div>
<footer><p>© 2019-2026 Samarkand State Medical University. All rights reserved.</p></footer></body></html>"""


def drupal(text: str) -> str:
    """A Drupal 7 ministry: breadcrumb, article, the line of its last change, then a block of other links."""
    lines = [block.html for block in blocks(text)]
    changed = next((index for index, line in enumerate(lines) if line.startswith("Changed on")), len(lines))
    title, rubric, *body = [line for line in lines[:changed] if line != "You are here"]
    side = "".join(
        f'<li><a href="/en/category/{index}">{line}</a></li>' for index, line in enumerate(lines[changed + 1 :])
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8" />
<meta name="Generator" content="Drupal 7 (http://drupal.org)" />
<title>{title} | Ministry of Healthcare and Social Development</title></head>
<body class="html not-front not-logged-in one-sidebar sidebar-second page-node page-node- node-type-news i18n-en">
<div id="page"><div id="header"><a href="/en" title="Home" rel="home"><img src="/logo.png" alt="Home" /></a>
<div class="region region-header"><ul class="menu"><li><a href="/en">Home</a></li><li><a href="/en/press">Press centre</a></li></ul>
<div class="date-today">Sunday, 22 November, 2026</div></div></div>
<div id="main"><div id="breadcrumb"><h2 class="element-invisible">You are here</h2><div class="breadcrumb"><a href="/en">Home</a></div></div>
<div id="content" class="column"><div class="section"><h1 class="title" id="page-title">{title}</h1>
<div class="region region-content"><div id="node-7001" class="node node-news"><div class="content">
<div class="field field-name-field-rubric field-type-taxonomy-term-reference"><a href="/en/taxonomy/term/7">{rubric}</a></div>
<div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even">{paragraphs}</div></div></div></div>
<div class="changed">{lines[changed] if changed < len(lines) else ""}</div></div></div></div></div>
<div id="sidebar-second" class="column sidebar"><div class="region region-sidebar-second"><div class="block"><ul>{side}</ul></div></div></div></div>
<div id="footer"><p>© 2016 Ministry of Healthcare and Social Development</p></div></div></body></html>"""
