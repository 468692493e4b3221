"""``elchi show``: one article, whole, with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options

if TYPE_CHECKING:
    from rich.console import Console


def show(
    article: Annotated[str, typer.Argument(help="Number of an article, or any of its addresses.")],
    as_json: options.Json = False,
) -> None:
    """Show one article: its text, its dates and how they were found, and the capture that proves it.

    \b
    elchi show 12
    elchi show https://www.example.org/news/5 --json
    """
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    with open_library() as library:
        record = library.article(article.removeprefix("#"))
    if as_json:
        print_json(record)
    else:
        _print(console(), record)


def _print(out: Console, record: dict[str, Any]) -> None:
    from rich.markup import escape

    from elchi.commands.output import isolated, paragraph

    out.print(paragraph(record["title"] or "(no title)", style="bold"))
    out.print()
    for name, value in _facts(record):
        out.print(f"[dim]{name:>10}[/]  {escape(isolated(value))}", soft_wrap=True)
    for words in record["text"].split("\n\n"):
        out.print()
        out.print(paragraph(words))


def _facts(record: dict[str, Any]) -> list[tuple[str, str]]:
    from elchi.commands.output import address_words

    capture = record["capture"]
    facts = [
        (
            "article",
            f"#{record['id']}, {record['kind']}, version {record['version']}, {record['language'] or 'language unknown'}",
        ),
        ("from", f"{record['institution']} ({record['source']}, {record['country']})"),
        ("published", _date_words(record["published"])),
        ("modified", _date_words(record["modified"])),
        ("event", _date_words(record["event"])),
        ("by", record["byline"] or ""),
        *(("address", address_words(url)) for url in record["addresses"]),
        *(("copy", f"{copy['source']}: {address_words(copy['url'])}") for copy in record["copies"]),
        ("captured", f"{capture['fetched_at']} by {capture['reader']}"),
        ("proof", f"{capture['warc_file']} at byte {capture['warc_offset']}, SHA-256 {capture['sha256']}"),
    ]
    return [(name, value) for name, value in facts if value]


def _date_words(fact: dict[str, Any] | None) -> str:
    if fact is None:
        return ""
    from datetime import date

    from elchi.commands.output import day_words, isolated

    moment = f", {fact['at']}" if fact["at"] else ""
    return f"{day_words(date.fromisoformat(fact['date']), fact['calendar'])}{moment}, from {fact['method']}: {isolated(fact['raw'])}"
