"""The list of commands."""

from __future__ import annotations

import typer

from elchi.commands.crawl import crawl
from elchi.commands.export import export
from elchi.commands.health import health
from elchi.commands.read import read
from elchi.commands.runs import runs
from elchi.commands.search import search
from elchi.commands.show import show
from elchi.commands.sources import sources

app = typer.Typer(
    help="Crawl the news of universities and ministries into an archive, and find it again.",
    epilog="Start with: elchi sources, then elchi crawl SOURCE, then elchi search WORDS.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich would double the time that help takes
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(crawl)
app.command()(search)
app.command()(show)
app.command()(export)
app.command()(read)
app.add_typer(runs, name="runs")
app.command()(health)
app.command()(sources)
