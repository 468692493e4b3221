"""``elchi export``: take articles out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from elchi.commands import options


class Format(StrEnum):
    """What can be written."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    words: options.Words = None,
    form: Annotated[Format, typer.Option("--format", help="jsonl: every field. csv: a flat table.")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output where none.")
    ] = None,
    language: options.Language = None,
    source: options.Source = None,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: options.Kind = None,
) -> None:
    """Take articles out, all or those of a search, for analysis. docs/data-dictionary.md explains every field.

    \b
    elchi export --format csv --output news.csv
    elchi export memorandum --lang en --since 2024-01-01 > memoranda.jsonl
    """
    import sys

    from elchi.library import open_library
    from storage.export import write_csv, write_jsonl

    write = {Format.JSONL: write_jsonl, Format.CSV: write_csv}[form]
    query = options.search_query(words, language, source, country, since, until, kind)
    with open_library() as library:
        records = library.export(query)
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            count = write(records, sys.stdout)
        else:
            with output.open("w", encoding="utf-8", newline="") as file:
                count = write(records, file)
    print(f"{count} article{'' if count == 1 else 's'} written.", file=sys.stderr)
