"""Catalogue files for the farm's sites, as a person would write them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.farm.language import language
from benchmarks.farm.pages import ARTICLE, FURTHER, LISTS
from benchmarks.farm.world import Site, World

DEEPEST = 1000
"""Pages of a list that are asked at most: all of them."""


def write_catalogue(world: World, folder: Path, *, delay_seconds: float = 0) -> Path:
    """One file a site into the folder, which is made; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for site in world.sites:
        text = catalogue_file(site, delay_seconds, checked=world.scenario.first_day.isoformat())
        (folder / f"{site.slug}.toml").write_text(text, "utf-8")
    return folder


def catalogue_file(site: Site, delay_seconds: float, checked: str) -> str:
    """The file of one site."""
    words = language(site.tag)
    calendar = f'calendar = "{words["calendar"]}"\n' if words.words.get("calendar") else ""
    return f"""[institution]
name = {{ {site.tag} = {json.dumps(words["name"].replace("{place}", site.slug), ensure_ascii=False)} }}
country = "{words["country"]}"
kind = "university"
homepage = "http://{site.host}/"
[source]
hosts = ["{site.host}", "{site.new_host}"]
languages = ["{site.tag}"]
timezone = "{words["timezone"]}"
{calendar}delay_seconds = {delay_seconds:g}
{"".join(_entries(site))}{_articles(site)}[facts]
checked = {checked}
"""


def _entries(site: Site) -> list[str]:
    if site.theme == "table":
        return [f'[[entry]]\nkind = "sitemap"\nurl = "http://{site.host}/sitemap.xml"\n']
    listing = (
        f'[[entry]]\nkind = "listing"\nurl = "http://{site.host}{LISTS[site.theme]}"\n'
        f'page_url = "http://{site.host}{FURTHER[site.theme]}"\npages = {DEEPEST}\n'
    )
    feed = f'[[entry]]\nkind = "feed"\nurl = "http://{site.host}/feed/"\n'
    return [feed, listing] if site.theme == "press" else [listing]


def _articles(site: Site) -> str:
    """A sitemap needs patterns; of the others every second has them."""
    return f"[articles]\ninclude = ['^{ARTICLE[site.theme]}$']\n" if site.include or site.theme == "table" else ""
