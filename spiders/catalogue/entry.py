"""Where a source announces its news: one model for each kind of entry point."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from spiders.catalogue.table import Table
from spiders.catalogue.values import Css, Dotted, HostedUrl, Items, Language, NumberedUrl, TemplateUrl, refusal

EntryKind = Literal["feed", "sitemap", "listing", "api"]
"""feed: RSS or Atom. sitemap: sitemaps.org XML. listing: an HTML page of links. api: a JSON list."""


class _Entry(Table):
    """What every entry point has. language: sent as Accept-Language. pages: how deep pagination goes at most, but for a backfill."""

    url: Annotated[HostedUrl, Field(examples=['"https://www.example.org/en/news"'])]
    language: Annotated[Language | None, Field(examples=['"fa"'])] = None
    pages: Annotated[int, Field(ge=1, le=1000, examples=["20"])] = 20


class Feed(_Entry):
    """An RSS or Atom feed."""

    kind: Annotated[Literal["feed"], Field(examples=['"feed"'])]


class Sitemap(_Entry):
    """A sitemap or an index of sitemaps."""

    kind: Annotated[Literal["sitemap"], Field(examples=['"sitemap"'])]


class Listing(_Entry):
    """An HTML page that links to articles, newest first.

    links: CSS of the area that holds the article links, the whole page where None. Deeper pages are found by one of
    next: CSS of the link to the next page, or page_url: the address with ``{page}``, whose first number is
    `first_page` and which grows by `step`; where both are None there is one page.
    """

    kind: Annotated[Literal["listing"], Field(examples=['"listing"'])]
    links: Annotated[Css | None, Field(examples=['"div.news-list"'])] = None
    next: Annotated[Css | None, Field(examples=['"ul.pager li.next a"'])] = None
    page_url: Annotated[NumberedUrl | None, Field(examples=['"https://www.example.org/en/news?page={page}"'])] = None
    first_page: Annotated[int, Field(ge=0, examples=["1"])] = 1
    step: Annotated[int, Field(ge=1, examples=["1"])] = 1

    @field_validator("page_url")
    @classmethod
    def _one_way_down(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("next") is not None:
            raise refusal(
                "next and page_url exclude each other", "Keep the one that leads to every page of the listing"
            )
        return value

    @field_validator("first_page", "step")
    @classmethod
    def _counts_something(cls, value: int, info: ValidationInfo) -> int:
        if "page_url" in info.data and info.data["page_url"] is None:
            raise refusal(
                f"{info.field_name} counts pages, and there is no page_url to put the number in",
                "Add page_url, or leave it out",
            )
        return value

    def address(self, index: int) -> str | None:
        """The URL of a page of the listing, counted from 0; None where only the page before it knows."""
        if index == 0:
            return self.url
        if self.page_url is None:
            return None
        return self.page_url.replace("{page}", str(self.first_page + index * self.step))


class Listed(Table):
    """What a list's record says of an article: dotted paths, each None where the list does not say it."""

    title: Annotated[Dotted | None, Field(examples=['"title"'])] = None
    published: Annotated[Dotted | None, Field(examples=['"created_date"'])] = None


class RecordFields(Table):
    """Where one article's JSON record keeps its parts: dotted paths. Becomes `scraper.reading.model.RecordFields`."""

    title: Annotated[Dotted, Field(examples=['"title"'])]
    body: Annotated[Dotted, Field(examples=['"data.body"'])]
    published: Annotated[Dotted | None, Field(examples=['"created_date"'])] = None
    modified: Annotated[Dotted | None, Field(examples=['"updated_date"'])] = None
    byline: Annotated[Dotted | None, Field(examples=['"author.name"'])] = None


class Api(_Entry):
    """A JSON list behind a page that a script draws.

    url: the list's address with ``{page}``, counted as in `Listing`. items: dotted path to the list within the
    answer, "" where the answer is the list. page: the article's public address, its ``{field}`` placeholders filled
    from the list's record. record: where one article's JSON is, filled likewise; None where the public page is
    HTML. fields: where that JSON keeps the article's parts, given with `record` and only with it.
    """

    kind: Annotated[Literal["api"], Field(examples=['"api"'])]
    url: Annotated[NumberedUrl, Field(examples=['"https://www.example.org/api/news?page={page}"'])]
    first_page: Annotated[int, Field(ge=0, examples=["1"])] = 1
    step: Annotated[int, Field(ge=1, examples=["1"])] = 1
    items: Annotated[Items, Field(examples=['"data.items"'])] = ""
    page: Annotated[TemplateUrl, Field(examples=['"https://www.example.org/news/{id}"'])]
    listed: Annotated[Listed, Field(examples=['{ title = "title", published = "created_date" }'])] = Listed()
    record: Annotated[TemplateUrl | None, Field(examples=['"https://www.example.org/api/news/{id}"'])] = None
    fields: Annotated[
        RecordFields | None,
        Field(validate_default=True, examples=['{ title = "title", body = "body", published = "created_date" }']),
    ] = None

    @field_validator("fields")
    @classmethod
    def _goes_with_record(cls, value: RecordFields | None, info: ValidationInfo) -> RecordFields | None:
        if "record" in info.data and (value is None) != (info.data["record"] is None):
            missing = "fields" if value is None else "record"
            raise refusal(
                f"record and fields go together, and {missing} is missing",
                "Give both, or neither where the public page is HTML",
            )
        return value

    def address(self, index: int) -> str:
        """The URL of a page of the list, counted from 0."""
        return self.url.replace("{page}", str(self.first_page + index * self.step))


Entry = Annotated[Feed | Sitemap | Listing | Api, Field(discriminator="kind")]
"""An entry point of any kind; `kind` tells which, to a type checker too."""

ENTRIES: dict[str, type[Feed | Sitemap | Listing | Api]] = {
    "feed": Feed,
    "sitemap": Sitemap,
    "listing": Listing,
    "api": Api,
}
