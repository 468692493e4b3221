"""How ``elchi read`` shows what it read: to a person field by field, to a machine as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from elchi.commands.output import console, day_words, isolated, paragraph, print_json, visible

if TYPE_CHECKING:
    from elchi.page_lists import Asked
    from scraper.reader_messages import ReadAnswer
    from scraper.reading.model import DateFact, Reading

NAMES_WIDTH = 10
"""Columns of a field's name, with which its evidence is in line."""


class Readings:
    """Prints one reading after the other. failed: whether any page could not be read."""

    def __init__(self, *, as_json: bool, why: bool) -> None:
        self.failed = False
        self._as_json, self._why = as_json, why

    def show(self, asked: Asked, answer: ReadAnswer) -> None:
        """Print what was made of a page, or why nothing was."""
        if answer.failure is not None:
            self._fail(asked, *answer.failure)
        elif self._as_json:
            print_json(reading_json(asked, answer))
        else:
            self._print(answer)

    def _fail(self, asked: Asked, failure: str, error: str) -> None:
        self.failed = True
        if self._as_json:
            print_json({**asked.named, "error": error, "failure": failure})
        print(f"elchi: {asked.fault or f'{visible(asked.file)}: {visible(error)}'}", file=sys.stderr)

    def _print(self, answer: ReadAnswer) -> None:
        reading, out = answer.reading, console()
        assert reading is not None
        out.print(paragraph(visible(reading.title or "(no title)"), style="bold"))
        if answer.obstacle is not None:
            _row(out, "no page", f"{answer.obstacle.failure}: {answer.obstacle.evidence}")
        fields = dict(_fields(reading))
        for name, words in fields.items():
            _row(out, name, words)
            if self._why and name in reading.why:
                _row(out, "", f"because {reading.why[name]}")
        for name, words in reading.why.items() if self._why else ():
            if name not in fields:
                _row(out, name, f"because {words}")
        if reading.missed:
            names = ", ".join(f"selectors.{name}" for name in reading.missed)
            _row(out, "missed", f"{names} of the source's catalogue file: found nothing here")
        for words in reading.text.split("\n\n"):
            out.print()
            out.print(paragraph(visible(words)))
        out.print(f"\n[dim]{len(reading.links)} links, {len(reading.images)} images in the text.[/]")


def reading_json(asked: Asked, answer: ReadAnswer) -> dict[str, Any]:
    """A reading as JSON values, with what it was asked for, what it cost, and what stands in the page's stead (null: nothing)."""
    assert answer.reading is not None
    obstacle = answer.obstacle
    return {
        **asked.named,
        **answer.reading.to_json(),
        "obstacle": {"failure": obstacle.failure, "evidence": obstacle.evidence} if obstacle is not None else None,
        "cpu_ms": answer.cpu_ms,
    }


def _fields(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "kind", reading.kind
    yield "language", reading.language or "unknown"
    if reading.charset:
        yield "charset", reading.charset
    for name in ("published", "modified", "event"):
        if (fact := getattr(reading, name)) is not None:
            yield name, _date_words(fact)
    if reading.byline:
        yield "byline", isolated(reading.byline)
    if reading.countries:
        named = (f"{each.code} ({', '.join(map(isolated, each.words))})" for each in reading.countries)
        yield "countries", "; ".join(named)


def _date_words(fact: DateFact) -> str:
    return f"{day_words(fact.day, fact.calendar)}, from {fact.method}: {isolated(fact.raw)}"


def _row(out: Any, name: str, words: str) -> None:
    from rich.markup import escape

    out.print(f"[dim]{name:>{NAMES_WIDTH}}[/]  {escape(visible(words))}")
