"""``elchi read``: what would be stored of a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options
from elchi.commands.exits import Exit

if TYPE_CHECKING:
    from scraper.reading.model import Page, Reading
    from spiders.catalogue import Source


def read(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE_OR_URL...", help="HTML files, addresses, or - for standard input.")
    ],
    url: Annotated[str | None, typer.Option("--url", help="The address that the file was saved from.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Read by the rules of this source of the catalogue.")
    ] = None,
    catalogue: options.Catalogue = None,
    as_json: options.Json = False,
) -> None:
    """Show what would be stored of a page, without storing it.

    Several inputs give JSON Lines in their order. An address is asked as politely as in a crawl.

    \b
    elchi read saved.html --url https://www.example.org/news/5
    elchi read https://www.example.org/news/5 --json
    """
    from elchi.commands.output import console, print_json
    from scraper.reading import ReadingError, Rules, read_page

    as_json, failed = as_json or len(inputs) > 1, False
    known = _source(source, catalogue) if source is not None else None
    for given in _load(inputs, url, known):
        try:
            if isinstance(given.page, str):
                raise ReadingFailed(given.page)
            reading = read_page(given.page, known.rules(given.page.url) if known is not None else Rules())
        except (ReadingError, ReadingFailed) as error:
            failed = True
            if as_json:
                print_json({"input": given.name, "error": str(error)})
            print(f"elchi: {given.name}: {error}", file=sys.stderr)
            continue
        if as_json:
            print_json(reading.to_json())
        else:
            _print(console(), reading)
    raise typer.Exit(Exit.INCOMPLETE if failed else Exit.OK)


class ReadingFailed(Exception):
    """There is no page to read."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An input as it was typed, and its page, or a sentence that says why there is none."""

    name: str
    page: Page | str


def _load(inputs: list[str], url: str | None, source: Source | None) -> Iterator[_Given]:
    fetched = _fetch([name for name in inputs if _is_url(name)], source)
    for name in inputs:
        yield _Given(name, fetched[name] if _is_url(name) else _from_file(name, url))


def _is_url(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _from_file(name: str, url: str | None) -> Page | str:
    from datetime import UTC, datetime

    from scraper.reading.model import Page
    from storage import clock

    path = Path(name)
    try:
        body = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
        changed_at = clock.now() if name == "-" else datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return Page(url or ("" if name == "-" else path.absolute().as_uri()), body, None, changed_at)


def _fetch(urls: list[str], source: Source | None) -> dict[str, Page | str]:
    if not urls:
        return {}
    from elchi.crawling import run_spider
    from scraper.reading.model import Page
    from spiders.page import PageSpider
    from spiders.preparation import tls_leniency
    from storage import clock

    overrides = {"LOG_LEVEL": "CRITICAL", "ELCHI_TLS": tls_leniency([source] if source is not None else [])}
    crawler = run_spider(PageSpider, {"urls": urls}, overrides)
    assert isinstance(crawler.spider, PageSpider)
    pages: dict[str, Page | str] = {}
    for url, answer in crawler.spider.pages.items():
        if isinstance(answer, str):
            pages[url] = answer
        else:
            content_type = answer.headers.get("Content-Type")
            pages[url] = Page(
                answer.url, answer.body, content_type.decode("latin-1") if content_type else None, clock.now()
            )
    return pages


def _source(slug: str, catalogue: list[Path] | None) -> Source:
    from spiders.preparation import catalogue_of, choose

    return choose(catalogue_of(options.catalogue_folders(catalogue)), [slug])[slug]


def _print(out: Any, reading: Reading) -> None:
    from rich.markup import escape

    from elchi.commands.output import day_words, isolated, paragraph

    out.print(paragraph(reading.title or "(no title)", style="bold"))
    out.print(f"[dim]      kind[/]  {reading.kind}, {reading.language or 'language unknown'}")
    for name in ("published", "modified", "event"):
        if (fact := getattr(reading, name)) is not None:
            words = f"{day_words(fact.day, fact.calendar)}, from {fact.method}: {isolated(fact.raw)}"
            out.print(f"[dim]{name:>10}[/]  {escape(words)}")
    if reading.byline:
        out.print(f"[dim]        by[/]  {escape(isolated(reading.byline))}")
    for words in reading.text.split("\n\n"):
        out.print()
        out.print(paragraph(words))
    out.print(f"\n[dim]{len(reading.links)} links, {len(reading.images)} images in the text.[/]")
