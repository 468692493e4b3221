"""``elchi sources``: what can be crawled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options

if TYPE_CHECKING:
    from spiders.catalogue import Source

SAFE = {"tls": "modern", "certificate": "checked"}
"""What a connection is unless a catalogue file says otherwise."""


def sources(
    names: Annotated[list[str] | None, typer.Argument(help="Only these.")] = None,
    catalogue: options.Catalogue = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether every catalogue file is right.")] = False,
    as_json: options.Json = False,
) -> None:
    """List the sources of the catalogue, and how many articles the archive has of each.

    \b
    elchi sources
    elchi sources --check --catalogue my-catalogue
    """
    from elchi.commands.output import print_json
    from spiders.preparation import catalogue_of, choose

    chosen = choose(catalogue_of(options.catalogue_folders(catalogue)), names or [])
    if check:
        print(f"{len(chosen)} catalogue file{'' if len(chosen) == 1 else 's'}, all right.")
        return
    rows = [_row(source, counts) for counts in [_article_counts()] for source in chosen.values()]
    if as_json:
        for row in rows:
            print_json(row)
    else:
        _print(rows)


def _article_counts() -> dict[str, int]:
    from elchi.library import open_library

    with open_library() as library:
        return library.article_counts()


def _row(source: Source, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "source": source.slug,
        "institution": source.institution.name,
        "country": source.institution.country,
        "kind": source.institution.kind,
        "languages": list(source.languages),
        "tls": source.tls,
        "certificate": source.certificate,
        "entries": [{"kind": entry.kind, "url": entry.url} for entry in source.entries],
        "verified": source.facts.verified,
        "checked": source.facts.checked.isoformat(),
        "note": source.facts.note,
        "file": str(source.path),
        "articles": counts.get(source.slug, 0),
    }


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from elchi.commands.output import console, isolated

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "country", "institution", "languages", "entries", "checked", "articles"):
        table.add_column(name, justify="right" if name == "articles" else "left", no_wrap=name == "source")
    for row in rows:
        name = row["institution"].get("en") or next(iter(row["institution"].values()))
        checked = row["checked"] if row["verified"] else f"{row['checked']}, unverified"
        kinds = ", ".join(dict.fromkeys(entry["kind"] for entry in row["entries"]))
        table.add_row(
            row["source"],
            row["country"],
            isolated(name),
            " ".join(row["languages"]),
            kinds,
            checked,
            str(row["articles"]),
        )
    console().print(table)
    for row in rows:
        flaws = [f"{key} = {row[key]}" for key, usual in SAFE.items() if row[key] != usual]
        if flaws:
            console().print(
                f"[yellow]{row['source']}[/] is asked over a connection that proves less: {', '.join(flaws)}"
            )
