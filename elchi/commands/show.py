"""``elchi show``: one article, whole, with where it comes from; or one capture, as it came."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elchi.commands import options

if TYPE_CHECKING:
    from rich.console import Console

    from storage.warc import ArchivedResponse

CAPTURE = "capture:"

FIELDS = {"by": "byline"}
"""What a fact is called in a record, where that is not as here."""


def show(
    name: Annotated[
        str,
        typer.Argument(metavar="ARTICLE", help="Number of an article, or any of its addresses; or capture:NUMBER."),
    ],
    body: Annotated[
        bool, typer.Option("--body", help="Write only what the server sent: the HTML of the capture, decompressed.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Beside each field, the evidence that it was read from.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write only the title and the text, as Markdown.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Show one article: its text, its dates and how they were found, and the capture that proves it.

    Of a capture, it shows what the server answered: headers and HTML.

    \b
    elchi show 12
    elchi show https://www.example.org/news/5 --json
    elchi show capture:345 | less
    elchi show 12 --body > page.html
    elchi show 12 --markdown | pandoc -o article.docx
    """
    from elchi.commands.output import console, print_json
    from elchi.library import open_library

    if name.startswith(CAPTURE) and (why or markdown):
        raise typer.BadParameter(
            "--why and --markdown are of an article, and this is a capture. Name the article's number."
        )
    with open_library() as library:
        record = None if name.startswith(CAPTURE) else library.article(name.removeprefix("#"))
        if record is None or body:
            number = str(record["capture"]["id"]) if record else name.removeprefix(CAPTURE)
            _show_capture(*library.capture(number), body=body, as_json=as_json)
        elif as_json:
            print_json(record)
        elif markdown:
            _print_markdown(record)
        else:
            _print(console(), record, why=why)


def _show_capture(record: dict[str, Any], answer: ArchivedResponse, *, body: bool, as_json: bool) -> None:
    from elchi.commands.output import print_json, visible
    from scraper import settings
    from scraper.decoding import decode_body
    from scraper.reading.charset import decode

    payload = decode_body(answer.body, answer.headers.get("content-encoding"), settings.DOWNLOAD_MAXSIZE)
    if body:
        sys.stdout.buffer.write(payload)
        return
    content_type = answer.headers.get("content-type", "")
    words = decode(payload, content_type).text if _is_text(content_type) else None
    if as_json:
        print_json({**record, "headers": answer.headers, "body": words})
        return
    facts = [*_capture_facts(record, answer), "", *(f"{name}: {value}" for name, value in answer.headers.items()), ""]
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    for line in facts:
        print(visible(line))
    print(visible(words) if words is not None else f"{len(payload)} bytes of {content_type}: --body writes them.")


def _capture_facts(record: dict[str, Any], answer: ArchivedResponse) -> list[str]:
    from hashlib import sha256

    is_right = sha256(answer.body).hexdigest() == record["sha256"]
    return [
        f"capture {record['id']} of run {record['run']}, {record['fetched_at']}: {record['status']}",
        record["url"],
        f"{record['warc_file']} at byte {record['warc_offset']}",
        f"SHA-256 {record['sha256']}, {'as it is' if is_right else 'AND THE BYTES ARE OTHERS NOW: put the file back from a copy'}",
    ]


def _is_text(content_type: str) -> bool:
    """Whether a person can read it; what does not say what it is, mostly is."""
    return not content_type or any(word in content_type.lower() for word in ("text", "html", "xml", "json", "script"))


def _print_markdown(record: dict[str, Any]) -> None:
    from elchi.commands.output import visible

    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    title = " ".join((record["title"] or "").split())
    print(visible("\n\n".join(part for part in (title and f"# {title}", record["markdown"]) if part)))


def _print(out: Console, record: dict[str, Any], *, why: bool) -> None:
    from rich.markup import escape

    from elchi.commands.output import isolated, paragraph

    out.print(paragraph(record["title"] or "(no title)", style="bold"))
    out.print()
    for name, value in _with_evidence(record) if why else _facts(record):
        out.print(f"[dim]{name:>10}[/]  {escape(isolated(value))}", soft_wrap=True)
    for words in record["text"].split("\n\n"):
        out.print()
        out.print(paragraph(words))


def _with_evidence(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The facts, below each what it was read from; then the evidence for what is no fact of its own, such as the title."""
    left = {name: f"because {words}" for name, words in record["why"].items()}
    for name, value in _facts(record):
        yield name, value
        if (field := FIELDS.get(name, name)) in left:
            yield "", left.pop(field)
    yield from left.items()
    if (lines := record["capture"]["site_repeats"]) is not None:
        yield "site lines", f"version {lines['version']}, of {lines['pages']} pages"


def _facts(record: dict[str, Any]) -> list[tuple[str, str]]:
    from elchi.commands.output import address_words

    capture = record["capture"]
    facts = [
        (
            "article",
            f"#{record['id']}, {record['kind']}, version {record['version']}, {record['language'] or 'language unknown'}",
        ),
        ("from", f"{record['institution']} ({record['source']}, {record['country']})"),
        ("published", _date_words(record["published"])),
        ("modified", _date_words(record["modified"])),
        ("event", _date_words(record["event"])),
        ("by", record["byline"] or ""),
        ("countries", "; ".join(map(_country_words, record["countries"]))),
        *(("address", address_words(url)) for url in record["addresses"]),
        *(("copy", f"{copy['source']}: {address_words(copy['url'])}") for copy in record["copies"]),
        ("captured", f"{capture['fetched_at']} by {capture['reader']}"),
        (
            "proof",
            f"capture:{capture['id']}, {capture['warc_file']} at byte {capture['warc_offset']}, SHA-256 {capture['sha256']}",
        ),
    ]
    return [(name, value) for name, value in facts if value]


def _country_words(country: dict[str, Any]) -> str:
    from elchi.commands.output import isolated

    return f"{country['code']} ({', '.join(map(isolated, country['words']))})"


def _date_words(fact: dict[str, Any] | None) -> str:
    if fact is None:
        return ""
    from datetime import date

    from elchi.commands.output import day_words, isolated

    moment = f", {fact['at']}" if fact["at"] else ""
    return f"{day_words(date.fromisoformat(fact['date']), fact['calendar'])}{moment}, from {fact['method']}: {isolated(fact['raw'])}"
