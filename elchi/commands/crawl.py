"""``elchi crawl``: ask sources for news, and keep it."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from elchi.commands import options
from elchi.commands.exits import Exit

if TYPE_CHECKING:
    from scraper.extensions.archive import Archive


def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources by their names in elchi sources; all where none.")
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Ask only what is due: each source as often as it brings something new.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Follow the lists of the named sources back to this day."),
    ] = None,
    catalogue: options.Catalogue = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say each thing that happens.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing unless a person is needed: for cron.")
    ] = False,
    notify: Annotated[
        str | None,
        typer.Option(
            "--notify", metavar="URL", help="POST a JSON object there when a person is needed; or ELCHI_NOTIFY."
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Ask sources for news, and keep what is new or changed.

    Each answer is kept in a WARC file before it is read. A crawl that was stopped or killed goes on where it stood when it is
    started again. The real web is asked only when ELCHI_CONTACT says who asks.

    \b
    elchi crawl tbzmed sammu
    elchi crawl --catalogue my-catalogue
    elchi crawl --since 2019-01-01 sammu            (older news; stopped, it goes on with the next crawl)
    elchi crawl --quiet --notify https://hooks.example.org/elchi
    15 3 * * *  ELCHI_CONTACT=me@example.org elchi crawl --due --quiet    (a line for cron)
    """
    if since is not None and not sources:
        raise typer.BadParameter("name the sources: --since goes through whole lists, and that takes long.")
    from elchi.commands.health import health_news
    from elchi.commands.output import print_json
    from elchi.commands.runs import print_run, run_line, run_record
    from elchi.crawling import run_spider
    from elchi.library import open_library
    from elchi.notify import notifying
    from scraper.extensions.archive import Archive
    from spiders.news import NewsSpider

    overrides = {
        "ELCHI_CATALOGUE": options.catalogue_folders(catalogue),
        "ELCHI_PROGRESS": sys.stderr.isatty() and not (verbose or quiet),
        "LOG_LEVEL": "INFO" if verbose else "ERROR",
    }
    asked = {
        "source": ",".join(sources or ()),
        "due": "1" if due else "",
        "since": f"{since:%Y-%m-%d}" if since else "",
    }
    with notifying(notify) as notice:
        crawler = run_spider(NewsSpider, asked, overrides)
        assert isinstance(crawler.spider, NewsSpider)
        archive, refused = Archive.of(crawler), crawler.spider.refused
        with open_library() as library:
            run, rows = library.run(archive.run_id)
            news = health_news(library.health(), run.id)
        code = _exit_code(archive, run.reason)
        wrong = [str(problem) for problem in refused.problems] if refused is not None else []
        if code == Exit.OK and (news.newly_flagged or wrong):
            code = Exit.INCOMPLETE
        record = {"exit_code": code, **run_record(run, rows), **news.record(), "wrong_catalogue": wrong}
        if code != Exit.OK or news.well_again:
            notice.update(record, text=" ".join([f"elchi: {run_line(run)}", *news.lines(), *wrong]))
    for problem in wrong:
        print(f"elchi: left out: {problem}", file=sys.stderr)
    if as_json:
        print_json(record)
    elif not quiet or code != Exit.OK:
        print_run(run, rows)
        for line in news.lines():
            print(line)
    raise typer.Exit(code)


def _exit_code(archive: Archive, reason: str | None) -> Exit:
    if archive.stopped is not None:
        return Exit.ARCHIVE
    if reason == "shutdown":
        return Exit.INTERRUPTED
    broken = any(tally.broken for tally in archive.tallies.values())
    return Exit.INCOMPLETE if broken or reason != "finished" else Exit.OK
