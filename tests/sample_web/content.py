"""The texts of the sites: content/<site>/<language>.toml, where translators can mend them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news.

    published, modified: as the site says them, a datetime with its offset where it says a time; None where it says nothing.
    countries: ISO 3166-1 alpha-2 of the partner countries that the text names. news: shared by translations of one piece.
    more: keys that only this site knows.
    """

    id: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    published: date | None = None
    modified: date | None = None
    countries: tuple[str, ...] = ()
    slug: str = ""
    news: str = ""
    caption: str = ""
    copy_of: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def lead(self) -> str:
        """The first sentence, as listings and feeds show it."""
        return re.split(r"(?<=[.。؟!])\s*", self.paragraphs[0])[0]


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that is no news: contacts, about, structure."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """One language of one site. articles: newest first, as listings show them. chrome: the words around the text."""

    language: str
    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    chrome: Mapping[str, Any]

    def article(self, identity: int | str) -> Article | None:
        """The article with that number or slug."""
        return next((one for one in self.articles if str(identity) in {str(one.id), one.slug}), None)

    def page(self, slug: str) -> StandingPage | None:
        return next((one for one in self.pages if one.slug == slug), None)

    def others(self, article: Article, count: int) -> tuple[Article, ...]:
        """The next articles after this one, around the end: what sidebars and "read also" boxes show."""
        at = self.articles.index(article) + 1
        return (self.articles[at:] + self.articles[: at - 1])[:count]


def day(moment: date) -> date:
    """The calendar day of a date or a datetime."""
    return moment.date() if isinstance(moment, datetime) else moment


@cache
def load(site: str, language: str) -> Content:
    """Read one language of a site. A key that is missing or misspelt fails here, by name."""
    values = tomllib.loads((FOLDER / site / f"{language}.toml").read_text(encoding="utf-8"))
    articles = tuple(_article(language, one) for one in values["article"])
    pages = tuple(StandingPage(one["slug"], one["title"], _paragraphs(one["text"])) for one in values["page"])
    return Content(language, articles, pages, values["chrome"])


def _article(language: str, values: dict[str, Any]) -> Article:
    if "copy_of" in values:
        site, origin_language, identity = values["copy_of"].split("/")
        origin = load(site, origin_language).article(identity)
        assert origin is not None, f"no article {values['copy_of']}"
        values = {"title": origin.title, "text": origin.text, "countries": origin.countries, **values}
    known = {"id", "title", "published", "modified", "slug", "news", "caption", "copy_of"}
    plain = {name: value for name, value in values.items() if name in known}
    more = {name: value for name, value in values.items() if name not in known | {"text", "countries"}}
    countries = tuple(values.get("countries", ()))
    return Article(language=language, paragraphs=_paragraphs(values["text"]), countries=countries, more=more, **plain)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs are parted by an empty line; a line break within one is only there for the editor."""
    return tuple(" ".join(part.split("\n")) for part in text.strip().split("\n\n"))
