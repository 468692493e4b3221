"""``elchi health``: which sources need a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options
from elchi.commands.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storage.flags import Flag
    from storage.health import Health

STYLES = {"flagged": "red", "failing": "red", "quiet": "yellow", "learning": "dim", "never asked": "dim"}


def health(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources by their names in elchi sources; all where none.")
    ] = None,
    catalogue: options.Catalogue = None,
    as_json: options.Json = False,
) -> None:
    """Show how each source does, judged by its own past, and what to do where something broke.

    The exit code is 1 where a source is flagged or failing.

    \b
    elchi health
    elchi health tbzmed --json
    """
    from elchi.commands.output import print_json
    from elchi.library import open_library
    from spiders.preparation import catalogue_of, choose

    chosen = choose(catalogue_of(options.catalogue_folders(catalogue)), sources or [])
    with open_library() as library:
        judged = library.health()
    known = {slug: judged.get(slug) for slug in chosen}
    if as_json:
        for slug, each in known.items():
            print_json(health_record(slug, each))
    else:
        _print(known)
    if any(each is not None and each.state in {"flagged", "failing"} for each in known.values()):
        raise typer.Exit(Exit.INCOMPLETE)


def health_record(slug: str, health: Health | None) -> dict[str, Any]:
    """A judgement as JSON values. health: None for a source that no finished run has asked."""
    if health is None:
        return {"source": slug, "state": "never asked", "last_run": None, "last_new": None, "new": [], "flags": []}
    return {
        "source": slug,
        "state": health.state,
        "last_run": {"run": health.last.run, "started_at": health.last.at.isoformat()},
        "last_new": health.last_new.isoformat() if health.last_new else None,
        "new": list(health.news),
        "failures": health.last.failures,
        "flags": [flag_record(flag) for flag in health.flags],
    }


def flag_record(flag: Flag) -> dict[str, Any]:
    """A flag and its evidence as JSON values."""
    from storage.records import capture_record

    captures = {"before": flag.proof.before, "after": flag.proof.after}
    return {
        "flag": flag.name,
        "before": flag.before,
        "after": flag.after,
        "last_well": flag.well,
        "example": flag.example,
        "captures": {name: capture_record(capture) if capture else None for name, capture in captures.items()},
        "remedy": flag.remedy,
    }


@dataclass(frozen=True, slots=True)
class HealthNews:
    """What a run noticed that the one before had not, by source: flags, and the names of flags that are gone."""

    newly_flagged: dict[str, list[Flag]]
    well_again: dict[str, tuple[str, ...]]

    def record(self) -> dict[str, Any]:
        """As JSON values."""
        flagged = {slug: [flag_record(flag) for flag in flags] for slug, flags in self.newly_flagged.items()}
        return {"newly_flagged": flagged, "well_again": self.well_again}

    def lines(self) -> list[str]:
        """For a person."""
        flagged = {slug: [flag.name for flag in flags] for slug, flags in self.newly_flagged.items()}
        told = [f"Newly flagged: {_named(flagged)}. See elchi health."] if flagged else []
        return told + ([f"Well again: {_named(self.well_again)}."] if self.well_again else [])


def health_news(health: Mapping[str, Health], run: int) -> HealthNews:
    """What is told once, by the run in which it happened."""
    asked = {slug: each for slug, each in health.items() if each.last.run == run}
    return HealthNews(
        {slug: [flag for flag in each.flags if flag.name in each.newly] for slug, each in asked.items() if each.newly},
        {slug: each.recovered for slug, each in asked.items() if each.recovered},
    )


def _named(flags: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{slug} ({', '.join(names)})" for slug, names in flags.items())


def _print(known: Mapping[str, Health | None]) -> None:
    from rich.table import Table

    from elchi.commands.output import console, sparkline

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "state", "last run, UTC", "last new", "new articles by run"):
        table.add_column(name, no_wrap=True)
    table.add_column("flagged")
    for slug, each in known.items():
        if each is None:
            table.add_row(slug, "never asked", style=STYLES["never asked"])
            continue
        names = ", ".join(flag.name for flag in each.flags)
        table.add_row(
            slug,
            each.state,
            f"{each.last.at:%Y-%m-%d %H:%M}",
            f"{each.last_new:%Y-%m-%d}" if each.last_new else "",
            sparkline(each.news),
            names,
            style=STYLES.get(each.state),
        )
    out = console()
    out.print(table)
    for slug, each in known.items():
        for line in _explain(each) if each is not None else ():
            out.print(f"{slug}: {line}", soft_wrap=True, markup=False)


def _explain(health: Health) -> list[str]:
    """What is wrong, with the evidence and a remedy."""
    from elchi.commands.output import address_words, capture_words, isolated
    from elchi.commands.remedies import remedy_for

    lines = []
    for flag in health.flags:
        lines.append(f"{flag.name}: before: {flag.before}; now: {flag.after}. {flag.remedy}")
        if flag.example:
            lines.append(f"  look at {isolated(address_words(flag.example))}")
        for words, capture in (("before", flag.proof.before), ("now", flag.proof.after)):
            if capture is not None:
                lines.append(f"  {words}: {capture_words(capture)}")
    if health.state == "failing":
        for name, count in health.last.failures.items():
            examples = "".join(f" {isolated(address_words(url))}" for url in health.last.examples.get(name, ()))
            lines.append(f"failing: {name} {count}:{examples}. {remedy_for(name)}")
    return lines
