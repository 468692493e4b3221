"""What stands around an article and makes a page 30 to 100 KB: menus, sidebars, footers, inline styles and scripts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from benchmarks.farm.language import Language

FILLER = 110_000
"""Characters of styles and scripts that each site has in stock; a page takes as many as bring it to its size."""


@dataclass(frozen=True, slots=True)
class Chrome:
    """A site's own frame, the same on all its pages, as HTML. styles, scripts: lines to fill a page with."""

    name: str
    top: str
    menu: str
    side: str
    foot: str
    styles: str
    scripts: str


def make_chrome(language: Language, host: str, random: Random) -> Chrome:
    """The frame of one site."""
    name = language.make_name(random)
    return Chrome(
        name=name,
        top=_top(language, host),
        menu=_menu(language),
        side=_side(language, random),
        foot=_foot(language, host, random),
        styles=_styles(random),
        scripts=_scripts(random),
    )


def _top(language: Language, host: str) -> str:
    tags = "".join(f'<li><a href="/{tag}/">{tag.upper()}</a></li>' for tag in ("en", "ru", language.tag))
    return (
        f'<div class="topline"><ul class="lang-switch">{tags}</ul><a href="tel:+100200300">+100 200-300</a> '
        f'<a href="mailto:info@{host}">info@{host}</a><form action="/search"><input name="q"><button>OK</button></form></div>'
    )


def _menu(language: Language) -> str:
    """A menu of two levels, as large as those of real universities: some 170 links."""
    words = [escape(word) for word in language["menu"]]
    items = []
    for number, word in enumerate(words):
        inner = "".join(
            f'<li class="menu-item menu-item-{number}{each}"><a href="/page/{number}/{each}">'
            f"<span>{words[(number * 3 + each) % len(words)]}</span></a></li>"
            for each in range(6)
        )
        items.append(
            f'<li class="menu-item has-children"><a href="/page/{number}">{word}</a><ul class="sub-menu">{inner}</ul></li>'
        )
    return f'<ul id="main-menu" class="menu navbar-nav">{"".join(items)}</ul>'


def _side(language: Language, random: Random) -> str:
    """A box of tags and one of banners. Nothing in it is a headline."""
    tags = "".join(
        f'<a class="tag" href="/tag/{number}">{escape(word)}</a> '
        for number, word in enumerate(language["field"] + language["partner"])
    )
    banners = "".join(
        f'<div class="banner"><a href="/go/{random.randrange(10_000)}">'
        f'<img src="/media/b{each}.png" alt="" width="240" height="90"></a></div>'
        for each in range(8)
    )
    return f'<div class="widget tags">{tags}</div><div class="widget banners">{banners}</div>'


def _foot(language: Language, host: str, random: Random) -> str:
    columns = []
    words = [escape(word) for word in language["menu"]]
    for column in range(4):
        links = "".join(
            f'<li><a href="/page/{each}">{words[each]}</a></li>' for each in range(column * 6, column * 6 + 6)
        )
        columns.append(f'<div class="col-md-3"><ul class="footer-links">{links}</ul></div>')
    icons = "".join(
        f'<a class="icon" href="https://social{each}.example/{host}"><svg viewBox="0 0 24 24"><path d="{_path(random)}"/></svg></a>'
        for each in range(6)
    )
    said = f'<p class="copyright">{escape(language["footer"])}</p>'
    return f'<div class="row">{"".join(columns)}</div><div class="social">{icons}</div>{said}'


def _path(random: Random) -> str:
    return "M" + "L".join(f"{random.uniform(0, 24):.2f} {random.uniform(0, 24):.2f}" for _ in range(24)) + "Z"


def _styles(random: Random) -> str:
    lines: list[str] = []
    while len(lines) * 70 < FILLER:
        name, number = random.choice(("col", "btn", "card", "widget", "nav", "slide", "modal")), random.randrange(1000)
        lines.append(
            f".{name}-{number} > .inner{{margin:{random.randrange(40)}px {random.randrange(40)}px;color:#{random.randrange(1 << 24):06x};"
            f"flex:0 0 {random.uniform(1, 100):.3f}%}}"
        )
    return "\n".join(lines)


def _scripts(random: Random) -> str:
    lines: list[str] = []
    while len(lines) * 80 < FILLER:
        key = f"k{random.randrange(1 << 30):x}"
        lines.append(
            f'window.conf["{key}"]={{"id":{random.randrange(100_000)},"url":"\\/api\\/{key}\\/{random.randrange(999)}",'
            f'"on":{random.choice(("true", "false"))},"w":"{random.randrange(1 << 60):x}"}};'
        )
    return "\n".join(lines)


def filled(html: str, chrome: Chrome, target_bytes: int) -> str:
    """The page with as many styles and scripts as bring it to its size. It has the marks ``/*styles*/`` and ``/*scripts*/``."""
    missing = max(0, target_bytes - len(html.encode()))
    styles = chrome.styles[: missing // 3].rpartition("\n")[0]
    scripts = chrome.scripts[: missing - len(styles)].rpartition("\n")[0]
    return html.replace("/*styles*/", styles, 1).replace("/*scripts*/", scripts, 1)
