"""An article that comes as a JSON record: the catalogue says by dotted paths where its fields are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from scraper.reading.blocks import blocks_of, markdown, plain
from scraper.reading.countries import find_countries, told_countries
from scraper.reading.edges import trim_edges
from scraper.reading.errors import BadRecord
from scraper.reading.event import extract_event
from scraper.reading.language import identify
from scraper.reading.links import body_images, body_links
from scraper.reading.markup import parse, squeeze
from scraper.reading.model import DateFact, Kind, Page, Reading, RecordFields, Rules
from scraper.reading.moments import Reckoning, reckoning
from scraper.reading.outline import outline

_TAG: Final = re.compile(
    r"<(?:p|br|div|span|strong|ul|ol|li|h[1-6]|a|table|b|i|em|img|section|article)\b[^>]*>|</\w+>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one JSON record. body: HTML, or plain text made into it. The others are text, None where empty."""

    title: str | None
    body: str
    published: str | None
    modified: str | None
    byline: str | None


def read_record(page: Page, text: str, rules: Rules) -> Reading:
    """The reading of a JSON answer, by ``rules.record``. Raises `BadRecord`."""
    assert rules.record is not None
    record = parse_record(page.url, text, rules.record)
    tree = parse(f"<html><body>{record.body}</body></html>") if record.body.strip() else None
    blocks = trim_edges(blocks_of(outline(tree)), (), record.title, ()) if tree is not None else ()
    body = plain(blocks)
    told = identify("\n".join((record.title or "", body)), rules.languages)
    reckoned = reckoning(page, rules, told.value)
    kind: Kind = (rules.kind or "article") if body else "none"
    countries = find_countries(record.title, body, told.value, rules.country) if body else ()
    named = told_countries(countries)
    return Reading(
        url=page.url,
        kind=kind,
        title=record.title,
        text=body,
        language=told.value,
        published=_stated(reckoned, record.published),
        modified=_stated(reckoned, record.modified),
        event=extract_event(body, reckoned) if kind == "article" else None,
        byline=record.byline,
        links=body_links(tree, body, page.url) if tree is not None else (),
        images=body_images(tree, page.url) if tree is not None else (),
        markdown=markdown(blocks),
        countries=countries,
        why={"language": told.why, **({"countries": named.why} if named else {})},
    )


def _stated(reckoned: Reckoning, words: str | None) -> DateFact | None:
    written = reckoned.parse(words) if words else None
    return reckoned.fact(written, "record", 0.97) if written else None


def parse_record(url: str, text: str, fields: RecordFields) -> Record:
    """The record in a JSON answer. Raises `BadRecord` where the answer is not JSON or has no title or body field."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRecord(url, f"is not JSON ({error}); does the source's entry name the right record URL?") from error
    title, body = _field(url, data, fields.title), _field(url, data, fields.body)
    return Record(
        squeeze(title) or None,
        as_html(body),
        *(_optional(data, path) for path in (fields.published, fields.modified, fields.byline)),
    )


def _field(url: str, data: Any, path: str) -> str:
    try:
        value = look_up(data, path)
    except LookupError as error:
        raise BadRecord(url, f"has no field {path!r}; correct the path in the source's entry") from error
    return value if isinstance(value, str) else "" if value is None else str(value)


def _optional(data: Any, path: str | None) -> str | None:
    if path is None:
        return None
    try:
        value = look_up(data, path)
    except LookupError:
        return None
    return squeeze(str(value)) or None if value is not None else None


def look_up(data: Any, path: str) -> Any:
    """The value at a dotted path, such as ``data.items.0.title``. Raises LookupError where the path leads nowhere."""
    for step in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data[step]
        elif isinstance(data, list) and step.isdigit():
            data = data[int(step)]
        else:
            raise LookupError(path)
    return data


def as_html(body: str) -> str:
    """The body as HTML: plain text becomes paragraphs at its empty lines, and at its line ends where it has none."""
    if _TAG.search(body):
        return body
    parts = re.split(r"\n\s*\n", body) if re.search(r"\n\s*\n", body) else body.split("\n")
    escaped = (part.replace("&", "&amp;").replace("<", "&lt;") for part in parts if part.strip())
    return "".join(f"<p>{part}</p>" for part in escaped)
