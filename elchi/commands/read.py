"""``elchi read``: what would be stored of a page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options
from elchi.commands.exits import Exit
from elchi.commands.output import visible

if TYPE_CHECKING:
    from elchi.list_repeats import ListRepeats
    from elchi.page_lists import Asked, PageList
    from elchi.reading import BoundReaders
    from scraper.reader_messages import PageRequest, ReadAnswer
    from scraper.reading.model import Rules
    from spiders.catalogue import Source

    Begin = Callable[[str, int], Callable[[], object]]

MANY = 20
"""Pages up to which one process reads them all, and no progress is shown."""


def read(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE_OR_URL...", help="HTML files, addresses, or - for standard input."),
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The address that the file was saved from.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Read by the rules of this source of the catalogue.")
    ] = None,
    page_list: Annotated[
        str | None,
        typer.Option("--list", metavar="FILE.jsonl", help='Read the files that the lines {"file", "url"} name.'),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=256, help=f"Processes; 1 for up to {MANY} pages, else ELCHI_READERS."),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Read each page of a list by itself: learn nothing of its host's others.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show the evidence for each field; JSON always has it.")] = False,
    catalogue: options.Catalogue = None,
    as_json: options.Json = False,
) -> None:
    """Show what would be stored of a page, without storing it.

    Several inputs, or a list, give JSON Lines in their order: a line for each, with an error where a page cannot be read.
    An address is asked as politely as in a crawl. Of a list, what three pages of a host or more repeat is learned before they are read.

    \b
    elchi read saved.html --url https://www.example.org/news/5 --why
    elchi read https://www.example.org/news/5 --json
    elchi read --list pages.jsonl --jobs 4 > read.jsonl
    ls *.html | jq -cR '{file: .}' | elchi read --list - > read.jsonl
    """
    import asyncio

    from elchi.commands.readings import Readings
    from elchi.list_repeats import list_repeats
    from elchi.reading import Bounds, bound_readers, read_in_order
    from scraper import settings

    asked = _asked(inputs or [], url, page_list)
    chosen = _source(source, catalogue) if source is not None else None
    fetched = _fetch([each.file for each in asked if _is_url(each.file)], chosen) if isinstance(asked, list) else {}
    readings = Readings(as_json=as_json or page_list is not None or len(asked) > 1, why=why)
    processes = jobs or (settings.ELCHI_READERS if len(asked) > MANY else 1)
    bounds = Bounds(settings.ELCHI_READER_SECONDS, int(settings.ELCHI_READER_MEGABYTES))

    async def read_all(learned: ListRepeats, begin: Begin) -> None:
        async with bound_readers(processes, bounds) as bound:
            if page_list is not None and not alone:
                await _learn(learned, asked, chosen, bound, begin)
            advance = begin("reading", len(asked))

            def take(each: Asked, answer: ReadAnswer) -> None:
                readings.show(each, answer)
                advance()

            await read_in_order(_pages(asked, fetched, chosen, learned), bound, take)

    with _progress(len(asked)) as begin, list_repeats() as learned:
        asyncio.run(read_all(learned, begin))
    raise typer.Exit(Exit.INCOMPLETE if readings.failed else Exit.OK)


def _asked(inputs: list[str], url: str | None, page_list: str | None) -> list[Asked] | PageList:
    """What was asked for. Raises `typer.BadParameter`."""
    from elchi.page_lists import Asked, PageList

    if (page_list is None) == (not inputs):
        raise typer.BadParameter("name files or addresses, or a list with --list")
    if url is not None and len(inputs) != 1:
        raise typer.BadParameter("--url is the address of one file; for several, make a list and read it with --list")
    if page_list is None:
        return [Asked({"input": name}, name, url) for name in inputs]
    try:
        return PageList(page_list)
    except OSError as error:
        raise typer.BadParameter(f"{page_list} cannot be read: {error.strerror}") from None


async def _learn(
    learned: ListRepeats, asked: Iterable[Asked], source: Source | None, bound: BoundReaders, begin: Begin
) -> None:
    """Learn what the hosts of a list repeat. Pages of one that cannot be learned are read all the same."""
    from elchi.list_repeats import learn_hosts

    hosts = learned.add(asked)
    advance = begin("learning", len(hosts))

    def done(host: str, could_be_read: bool) -> None:
        if not could_be_read:
            print(f"elchi: what the pages of {visible(host)} repeat could not be learned", file=sys.stderr)
        advance()

    await learn_hosts(learned, hosts, lambda url: _rules(url, source), bound, done)


def _rules(url: str, source: Source | None) -> Rules:
    from scraper.reading.model import Rules

    return source.rules(url) if source is not None else Rules()


def _pages(
    asked: Iterable[Asked], fetched: Mapping[str, PageRequest | str], source: Source | None, learned: ListRepeats
) -> Iterator[tuple[Asked, PageRequest | str]]:
    """Each page, with the rules it is read by: its source's, and what its host repeats. A file is read when its turn comes."""
    from dataclasses import replace

    from elchi.page_lists import load
    from scraper import settings

    for each in asked:
        page = fetched[each.file] if each.file in fetched else load(each, settings.DOWNLOAD_MAXSIZE)
        if not isinstance(page, str):
            url = page.page.url
            page = replace(page, rules=replace(_rules(url, source), repeats=learned.of(url)))
        yield each, page


def _is_url(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _fetch(urls: list[str], source: Source | None) -> dict[str, PageRequest | str]:
    if not urls:
        return {}
    from elchi.crawling import run_spider
    from spiders.page import PageSpider
    from spiders.preparation import tls_leniency

    overrides = {"LOG_LEVEL": "CRITICAL", "ELCHI_TLS": tls_leniency([source] if source is not None else [])}
    crawler = run_spider(PageSpider, {"urls": urls}, overrides)
    assert isinstance(crawler.spider, PageSpider)
    answers = crawler.spider.pages
    return {url: answer if isinstance(answer, str) else _request(answer) for url, answer in answers.items()}


def _request(answer: Any) -> PageRequest:
    """The page of a Scrapy response."""
    from scraper.reader_messages import PageRequest
    from scraper.reading.model import Page
    from storage import clock

    headers = {name.decode("latin-1").lower(): value[-1].decode("latin-1") for name, value in answer.headers.items()}
    page = Page(answer.url, answer.body, headers.get("content-type"), clock.now())
    return PageRequest(page, headers=headers)


def _source(slug: str, catalogue: list[Path] | None) -> Source:
    from spiders.preparation import catalogue_of, choose

    return choose(catalogue_of(options.catalogue_folders(catalogue)), [slug])[slug]


@contextmanager
def _progress(count: int) -> Iterator[Begin]:
    """Begins what takes its time, by its name and its number of steps, and gives what to call after each step: bars on the terminal, for a
    long list whose readings go elsewhere.
    """
    if count <= MANY or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda _name, _steps: lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from elchi.commands.output import console

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(to_stderr=True)) as bars:

        def begin(name: str, steps: int) -> Callable[[], object]:
            task = bars.add_task(name, total=steps)
            return lambda: bars.advance(task)

        yield begin
