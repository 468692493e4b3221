"""``elchi runs``: what crawls did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Run, RunSource

COLUMNS = ("asked", "new", "changed", "unchanged", "copies", "other", "failed")
OVERVIEW = ("asked", "new", "changed", "failed")


def runs(
    number: Annotated[int | None, typer.Argument(help="One run, source by source.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many of the latest.")] = 20,
    as_json: options.Json = False,
) -> None:
    """List the latest crawls, or show one of them source by source, with what failed and why.

    \b
    elchi runs
    elchi runs 7
    """
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    with open_library() as library:
        listed = library.runs(limit) if number is None else [library.run(number)]
    if as_json:
        for run, sources in listed:
            print_json(run_record(run, sources))
    elif number is None:
        console().print(_overview(listed))
    else:
        print_run(*listed[0])


def run_record(run: Run, sources: Sequence[RunSource]) -> dict[str, Any]:
    """A run as JSON values."""
    return {
        "run": run.id,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "reason": run.reason,
        "sources": {
            row.source.slug: {
                **{name: getattr(row, name) for name in COLUMNS},
                "failures": row.failures,
                "seconds": row.seconds,
            }
            for row in sources
        },
    }


def print_run(run: Run, sources: Sequence[RunSource]) -> None:
    """A run as a table that a person reads, and the failures under it."""
    from rich.table import Table

    from elchi.commands.output import console

    table = Table(box=None, pad_edge=False, header_style="bold", show_footer=len(sources) > 1)
    table.add_column("source", footer="all", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, footer=str(sum(getattr(row, name) for row in sources)), justify="right")
    table.add_column("seconds", justify="right")
    table.add_column("why")
    for row in sources:
        counts = [str(getattr(row, name)) for name in COLUMNS]
        why = ", ".join(f"{name} {failure['count']}" for name, failure in row.failures.items())
        table.add_row(row.source.slug, *counts, f"{row.seconds:.1f}", why, style="red" if row.failed else None)
    out = console()
    out.print(table)
    for row in sources:
        for name, failure in row.failures.items():
            for example in failure["examples"]:
                out.print(
                    f"[red]{row.source.slug}[/]: {name}: {example['url']}: {example['message']}",
                    soft_wrap=True,
                    markup=True,
                )
    out.print(f"Run {run.id}: {_ending(run)}.")


def _overview(listed: Sequence[tuple[Run, Sequence[RunSource]]]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("run", "started, UTC", "minutes", "sources", *OVERVIEW):
        table.add_column(name, justify="right", no_wrap=name.startswith("started"))
    table.add_column("ended")
    for run, sources in listed:
        minutes = f"{(run.finished_at - run.started_at).total_seconds() / 60:.1f}" if run.finished_at else ""
        totals = [str(sum(getattr(row, name) for row in sources)) for name in OVERVIEW]
        table.add_row(
            str(run.id), f"{run.started_at:%Y-%m-%d %H:%M}", minutes, str(len(sources)), *totals, _ending(run)
        )
    return table


def _ending(run: Run) -> str:
    return run.reason or "under way, or killed"
