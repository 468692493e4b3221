"""``elchi search``: find articles by their words."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from elchi.commands import options
from elchi.commands.exits import Exit

if TYPE_CHECKING:
    from rich.console import Console

    from storage.search.results import FoundArticle


def search(
    words: options.Words = None,
    language: options.Language = None,
    source: options.Source = None,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: options.Kind = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many to show.")] = 10,
    offset: Annotated[int, typer.Option("--offset", min=0, help="How many to leave out first.")] = 0,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first, instead of best first.")] = False,
    as_json: options.Json = False,
) -> None:
    """Find articles, however they are written.

    Letters that look or sound alike find each other (ي and ی, ё and е, Uzbek in both scripts). Without words: the newest.

    \b
    elchi search تفاهم نامه --lang fa
    elchi search "joint programme" --country KZ --since 2024-01-01
    elchi search memorandum NOT agreement --json
    """
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    query = options.search_query(words, language, source, country, since, until, kind)
    query = dataclasses.replace(query, limit=limit, offset=offset, order="date" if newest else "relevance")
    with open_library() as library:
        total, found = library.find(query)
    if as_json:
        for article in found:
            print_json(_json(article))
    else:
        out = console()
        for article in found:
            _print(out, article)
        shown = (
            f"{offset + 1} to {offset + len(found)} of {total}"
            if found
            else f"Nothing of {total}"
            if total
            else "Nothing"
        )
        out.print(
            f"{shown} found."
            if total
            else "Nothing found. Try fewer words, another spelling, or part of a word with *."
        )
    if not total:
        raise typer.Exit(Exit.INCOMPLETE)


def _print(out: Console, article: FoundArticle) -> None:
    from rich.markup import escape

    from elchi.commands.output import address_words, day_words, isolated, paragraph

    copies = f" · {article.copies} cop{'y' if article.copies == 1 else 'ies'}" if article.copies else ""
    kind = "" if article.kind == "article" else f" · {article.kind}"
    out.print(paragraph(article.title or "(no title)", article.title_ranges, style="bold"))
    out.print(
        f"[cyan]#{article.article_id}[/] · {day_words(article.published_on, article.published_calendar)} · "
        f"{article.language or 'language unknown'} · {escape(isolated(article.institution))}{kind}{copies}"
    )
    out.print(paragraph(article.snippet.text, article.snippet.ranges))
    out.print(f"[dim]{escape(isolated(address_words(article.url)))}[/]", soft_wrap=True)
    out.print()


def _json(article: FoundArticle) -> dict[str, object]:
    values = dataclasses.asdict(article)
    values["published_on"] = article.published_on.isoformat() if article.published_on else None
    return values
