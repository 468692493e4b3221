"""Lists in JSON behind pages that a script draws."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from spiders.catalogue import Api
from spiders.discovery.model import Answer, Discovered, NotAsExpected, bounded
from storage.candidate import Candidate

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def discover_api(entry: Api, answer: Answer) -> Discovered:
    """Every record of a JSON list, with the addresses that the catalogue's templates make of it. A page without records is the end."""
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise NotAsExpected(f"{answer.url} does not answer in JSON: {error}") from error
    records = look_up(document, entry.items)
    if not isinstance(records, list):
        raise NotAsExpected(f"{answer.url} has no list at items = {entry.items!r}.")
    candidates = bounded(answer, (_candidate(entry, record) for record in records))
    return Discovered(candidates, entry.address(answer.depth + 1) if records else None)


def look_up(document: Any, path: str) -> Any:
    """What stands at a dotted path (``data.items.0``), None where there is nothing. The empty path is the document."""
    for step in path.split(".") if path else ():
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def _candidate(entry: Api, record: Any) -> Candidate:
    return Candidate(
        url=_fill(entry.page, record),
        anchor=_said(record, entry.listed.title),
        listed_date=_said(record, entry.listed.published),
        fetch_url=_fill(entry.record, record) if entry.record else None,
    )


def _fill(template: str, record: Any) -> str:
    def value(match: re.Match[str]) -> str:
        found = look_up(record, match[1])
        if not isinstance(found, str | int):
            raise NotAsExpected(f"a record has no {match[1]!r}, which {template} needs.")
        return quote(str(found), safe="/:?=&%-._~", errors="replace")

    return PLACEHOLDER.sub(value, template)


def _said(record: Any, path: str | None) -> str | None:
    value = look_up(record, path) if path else None
    if not isinstance(value, str | int):
        return None
    # JSON may hold NUL and halves of surrogate pairs, which no database takes.
    return " ".join(str(value).replace("\0", "").encode(errors="ignore").decode().split()) or None
