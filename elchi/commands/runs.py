"""``elchi runs``: what crawls did: all of them, one of them, and each source over time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Run, RunSource

COLUMNS = ("asked", "new", "changed", "unchanged", "copies", "other", "failed")
OVERVIEW = ("asked", "new", "changed", "failed")

LIMIT = 20
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many of the latest runs.")]

runs = typer.Typer(rich_markup_mode=None)


@runs.callback(invoke_without_command=True)
def overview(context: typer.Context, limit: Limit = LIMIT, as_json: options.Json = False) -> None:
    """List the latest crawls, newest first: when, for how long, what they brought, how they ended.

    \b
    elchi runs
    elchi runs show            (the last one, source by source, with what failed and what to do)
    elchi runs show 7
    elchi runs sources         (each source over time)
    """
    if context.invoked_subcommand is not None:
        if as_json or limit != LIMIT:
            raise typer.BadParameter(f"options stand behind {context.invoked_subcommand}.")
        return
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    with open_library() as library:
        listed = library.runs(limit)
    if as_json:
        for run, rows in listed:
            print_json(run_record(run, rows))
    else:
        console().print(_overview(listed))


@runs.command()
def show(
    number: Annotated[int | None, typer.Argument(help="Number of a run; the last one where none.")] = None,
    as_json: options.Json = False,
) -> None:
    """Show one crawl, source by source, and what failed: how often, examples, and what a person can do.

    \b
    elchi runs show
    elchi runs show 7 --json
    """
    from elchi.commands.output import print_json
    from elchi.library import open_library

    with open_library() as library:
        run, rows = library.run(number)
    if as_json:
        print_json(run_record(run, rows))
    else:
        print_run(run, rows)


@runs.command()
def sources(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Only these.")] = None,
    limit: Limit = LIMIT,
    as_json: options.Json = False,
) -> None:
    """Show each source over the latest crawls: new articles by run as blocks, oldest first, by logarithm.

    A gap is a run that did not ask the source, ! one in which an entry point of it could not be used.

    \b
    elchi runs sources
    elchi runs sources tbzmed sammu --limit 60
    """
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    with open_library() as library:
        listed = library.runs(limit)
    history: dict[str, dict[int, RunSource]] = defaultdict(dict)
    for run, rows in reversed(listed):
        for row in rows:
            history[row.source.slug][run.id] = row
    if unknown := sorted(set(names or ()) - set(history)):
        raise typer.BadParameter(f"none of the latest {limit} runs has asked {', '.join(unknown)}.")
    chosen = {slug: history[slug] for slug in sorted(names or history)}
    numbered = {run.id: run for run, _ in reversed(listed)}
    if as_json:
        for slug, asked in chosen.items():
            print_json(_history_record(slug, asked, numbered))
    else:
        console().print(_history(chosen, numbered))


def run_record(run: Run, rows: Sequence[RunSource]) -> dict[str, Any]:
    """A run as JSON values."""
    from elchi.commands.remedies import remedy_for

    return {
        **_run_facts(run),
        **{name: sum(getattr(row, name) for row in rows) for name in COLUMNS},
        "sources": {row.source.slug: _row_record(row) for row in rows},
        "remedies": {failure: remedy_for(failure) for row in rows for failure in row.failures},
    }


def _run_facts(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "reason": run.reason,
    }


def _row_record(row: RunSource) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in COLUMNS},
        "failures": row.failures,
        "broken": row.broken,
        "seconds": row.seconds,
    }


def _history_record(slug: str, asked: dict[int, RunSource], numbered: dict[int, Run]) -> dict[str, Any]:
    return {
        "source": slug,
        "runs": [{**_run_facts(numbered[number]), **_row_record(row)} for number, row in asked.items()],
    }


def print_run(run: Run, rows: Sequence[RunSource]) -> None:
    """A run as a table that a person reads, and the failures under it."""
    from rich.table import Table

    from elchi.commands.output import console

    table = Table(box=None, pad_edge=False, header_style="bold", show_footer=len(rows) > 1)
    table.add_column("source", footer="all", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, footer=str(sum(getattr(row, name) for row in rows)), justify="right")
    table.add_column("seconds", justify="right")
    table.add_column("why")
    for row in rows:
        counts = [str(getattr(row, name)) for name in COLUMNS]
        why = ", ".join(f"{name} {failure['count']}" for name, failure in row.failures.items())
        table.add_row(row.source.slug, *counts, f"{row.seconds:.1f}", why, style="red" if row.failed else None)
    out = console()
    out.print(table)
    for line in _failures(rows):
        out.print(line, soft_wrap=True, markup=False)
    out.print(run_line(run))


def run_line(run: Run) -> str:
    """A run in a sentence: when, how it ended, how long it took."""
    minutes = f" after {_minutes(run)} minutes" if run.finished_at else ""
    return f"Run {run.id}, {run.started_at:%Y-%m-%d %H:%M} UTC: {_ending(run)}{minutes}."


def _failures(rows: Sequence[RunSource]) -> list[str]:
    """Class by class, the most frequent first: how often, what to do, and examples."""
    from elchi.commands.output import address_words, isolated, visible
    from elchi.commands.remedies import remedy_for

    counts: dict[str, int] = defaultdict(int)
    examples: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name, failure in row.failures.items():
            counts[name] += failure["count"]
            examples[name] += [
                f"  {row.source.slug}: {isolated(address_words(each['url']))}: {visible(each['message'])}"
                for each in failure["examples"]
            ]
    by_count = sorted(counts, key=lambda name: (-counts[name], name))
    return [line for name in by_count for line in (f"{name} {counts[name]}: {remedy_for(name)}", *examples[name])]


def _overview(listed: Sequence[tuple[Run, Sequence[RunSource]]]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("run", "started, UTC", "minutes", "sources", *OVERVIEW):
        table.add_column(name, justify="right", no_wrap=name.startswith("started"))
    table.add_column("ended")
    for run, rows in listed:
        totals = [str(sum(getattr(row, name) for row in rows)) for name in OVERVIEW]
        minutes = _minutes(run) if run.finished_at else ""
        table.add_row(str(run.id), f"{run.started_at:%Y-%m-%d %H:%M}", minutes, str(len(rows)), *totals, _ending(run))
    return table


def _history(chosen: dict[str, dict[int, RunSource]], numbered: dict[int, Run]) -> Any:
    from rich.table import Table

    from elchi.commands.output import sparkline

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source", no_wrap=True)
    for name in ("runs", *OVERVIEW):
        table.add_column(name, justify="right")
    table.add_column("last new", no_wrap=True)
    table.add_column(f"new by run, {min(numbered, default=0)} to {max(numbered, default=0)}", no_wrap=True)
    for slug, asked in chosen.items():
        totals = [str(sum(getattr(row, name) for row in asked.values())) for name in OVERVIEW]
        news = [numbered[number].started_at for number, row in asked.items() if row.new]
        blocks = sparkline([asked[number].new if number in asked else None for number in numbered])
        broken = [number in asked and bool(asked[number].broken) for number in numbered]
        line = "".join("!" if is_broken else block for block, is_broken in zip(blocks, broken, strict=True))
        table.add_row(slug, str(len(asked)), *totals, f"{news[-1]:%Y-%m-%d}" if news else "", line)
    return table


def _minutes(run: Run) -> str:
    assert run.finished_at is not None
    return f"{(run.finished_at - run.started_at).total_seconds() / 60:.1f}"


def _ending(run: Run) -> str:
    return run.reason or "under way, or killed"
