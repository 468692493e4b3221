"""Catalogue files and pages of our own, for sites that a test makes up."""

from __future__ import annotations

from pathlib import Path

WORDS = """
    delegation agreement rector laboratory scholarship students ministry conference hospital embassy visit cooperation
    exchange research programme medicine faculty partners signed opened autumn library engineers guests discussed training
""".split()  # noqa: SIM905 - words read better than quotes


def text_of(name: str) -> str:
    """Three paragraphs that no other name has."""
    start = sum(name.encode()) % len(WORDS)
    turned = WORDS[start:] + WORDS[:start]
    return "\n\n".join(
        f"In {name} the {turned[n]} and the {turned[n + 1]} met for the {turned[n + 2]} this week. The {turned[n + 3]} said that "
        f"the {turned[n + 4]} of {name} had waited long for such a {turned[n + 5]}, and that the {turned[n + 6]} would follow soon. "
        f"After the {turned[n + 7]} everybody went to see the {turned[n + 8]} and the new {turned[n + 9]} of the university."
        for n in (0, 5, 10)
    )


def article(name: str, title: str = "", day: str = "12 March 2025") -> str:
    """A page that is an article without a doubt."""
    title = title or f"Guests from abroad visit {name}"
    paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in text_of(name).split("\n\n"))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Home</a> <a href="/contact">Contact</a></nav>
<main><article><h1>{title}</h1><p class="date">{day}</p>\n{paragraphs}</article></main></body></html>"""


def listing(*paths: str) -> str:
    items = "".join(f'<li><a href="{path}">A piece of news that is told at {path}</a></li>\n' for path in paths)
    return f"<!DOCTYPE html><html><head><title>News</title></head><body><h1>News</h1><ul>{items}</ul></body></html>"


def write_source(
    folder: Path,
    slug: str,
    hosts: tuple[str, ...],
    entries: str,
    *,
    articles: str = r"include = ['^/news/\d+$']",
    languages: str = '["en", "ru"]',
    delay: float = 0,
) -> None:
    """A catalogue file. entries: the [[entry]] tables; a lone address is that of a listing."""
    folder.mkdir(parents=True, exist_ok=True)
    if not entries.startswith("[["):
        entries = f'[[entry]]\nkind = "listing"\nurl = "{entries}"\n'
    names = ", ".join(f'"{host}"' for host in hosts)
    (folder / f"{slug}.toml").write_text(
        f"""[institution]
name = {{ en = "University of {slug}" }}
country = "UZ"
kind = "university"
homepage = "http://{hosts[0]}/"

[source]
hosts = [{names}]
languages = {languages}
timezone = "Asia/Tashkent"
delay_seconds = {delay}

{entries}
[articles]
{articles}

[facts]
checked = 2026-11-22
""",
        encoding="utf-8",
    )
