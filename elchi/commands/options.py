"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.search.query import SearchQuery

Words = Annotated[list[str] | None, typer.Argument(help='Words that must all occur. "a phrase", OR, NOT, begin*')]
Language = Annotated[str | None, typer.Option("--lang", help="Language, such as fa or uz-Cyrl.")]
Source = Annotated[str | None, typer.Option("--source", help="Source, by its name in elchi sources.")]
Country = Annotated[str | None, typer.Option("--country", help="Country of the institution, such as UZ.")]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Published on this day or later.")
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Published on this day or earlier.")
]
Kind = Annotated[str | None, typer.Option("--kind", help="article (news) or page (standing pages).")]
Json = Annotated[bool, typer.Option("--json", help="For machines: JSON, one value a line where there are several.")]
Catalogue = Annotated[
    list[Path] | None,
    typer.Option("--catalogue", help="Folder of catalogue files instead of ELCHI_CATALOGUE; may be repeated."),
]


def search_query(
    words: list[str] | None,
    language: str | None,
    source: str | None,
    country: str | None,
    since: datetime | None,
    until: datetime | None,
    kind: str | None,
) -> SearchQuery:
    """The query that the options mean, with its defaults."""
    from storage.search.query import SearchQuery

    return SearchQuery(
        words=" ".join(_quoted_again(word) for word in words or ()),
        language=language,
        source=source,
        country=country.upper() if country else None,
        since=_day(since),
        until=_day(until),
        kind=kind,
    )


def catalogue_folders(named: list[Path] | None) -> str:
    """The value of ELCHI_CATALOGUE that holds for this command."""
    import os

    from scraper import settings

    return os.pathsep.join(map(str, named)) if named else settings.ELCHI_CATALOGUE


def _quoted_again(word: str) -> str:
    """The shell took the quotes of "a phrase" away: words in one argument belong together."""
    return f'"{word}"' if " " in word and '"' not in word else word


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
