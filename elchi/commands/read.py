"""``elchi read``: what would be stored of a page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options
from elchi.commands.exits import Exit

if TYPE_CHECKING:
    from elchi.page_lists import Asked, PageList
    from scraper.reader_messages import PageRequest, ReadAnswer
    from spiders.catalogue import Source

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
    why: Annotated[bool, typer.Option("--why", help="Show the evidence for each field; JSON always has it.")] = False,
    catalogue: options.Catalogue = None,
    as_json: options.Json = False,
) -> None:
    """Show what would be stored of a page, without storing it.

    Several inputs, or a list, give JSON Lines in their order: a line for each, with an error where a page cannot be read.
    An address is asked as politely as in a crawl.

    \b
    elchi read saved.html --url https://www.example.org/news/5 --why
    elchi read https://www.example.org/news/5 --json
    elchi read --list pages.jsonl --jobs 4 > read.jsonl
    ls *.html | jq -cR '{file: .}' | elchi read --list - > read.jsonl
    """
    import asyncio

    from elchi.commands.readings import Readings
    from elchi.reading import Bounds, read_in_order
    from scraper import settings

    asked = _asked(inputs or [], url, page_list)
    pages = _pages(asked, _source(source, catalogue) if source is not None else None)
    readings = Readings(as_json=as_json or page_list is not None or len(asked) > 1, why=why)
    processes = jobs or (settings.ELCHI_READERS if len(asked) > MANY else 1)
    bounds = Bounds(settings.ELCHI_READER_SECONDS, int(settings.ELCHI_READER_MEGABYTES))
    with _progress(len(asked)) as advance:

        def take(each: Asked, answer: ReadAnswer) -> None:
            readings.show(each, answer)
            advance()

        asyncio.run(read_in_order(pages, processes, bounds, take))
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


def _pages(asked: list[Asked] | PageList, source: Source | None) -> Iterator[tuple[Asked, PageRequest | str]]:
    """Each page, with the rules it is read by. Addresses are fetched now, files are read when their turn comes."""
    from dataclasses import replace

    from elchi.page_lists import learn, load, rules_for
    from scraper import settings

    fetched = _fetch([each.file for each in asked if _is_url(each.file)], source) if isinstance(asked, list) else {}
    learnt = learn(asked)

    def pages() -> Iterator[tuple[Asked, PageRequest | str]]:
        for each in asked:
            page = fetched[each.file] if each.file in fetched else load(each, settings.DOWNLOAD_MAXSIZE)
            if not isinstance(page, str):
                page = replace(page, rules=rules_for(page.page.url, source, learnt))
            yield each, page

    return pages()


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
def _progress(count: int) -> Iterator[Callable[[], object]]:
    """What to call after each page: a bar on the terminal, for a long list whose readings go elsewhere."""
    if count <= MANY or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from elchi.commands.output import console

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console(to_stderr=True)) as bar:
        task = bar.add_task("", total=count)
        yield lambda: bar.advance(task)
