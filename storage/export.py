"""Articles as files that other tools take."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

CSV_COLUMNS = (
    "id", "kind", "title", "byline", "language", "published_date", "published_at", "published_raw", "published_calendar",
    "published_precision", "published_method", "published_confidence", "modified_date", "event_date", "source", "institution",
    "country", "countries", "url", "addresses", "first_seen", "last_seen", "version", "fetched_at", "sha256", "warc_file",
    "warc_offset", "text",
)  # fmt: skip
"""The flat table. Addresses are separated by a space, which no address holds; so are the codes of countries."""

OTHER_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""JSON lets these stand in a string, yet some readers of lines break there (Python's splitlines, JavaScript before 2019)."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text (OWASP, CSV injection)."""


def write_jsonl(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    """One JSON object a line, every field. Returns how many."""
    count = 0
    for record in records:
        file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).translate(OTHER_LINE_ENDS) + "\n")
        count += 1
    return count


def write_csv(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    """A table with a header (RFC 4180, UTF-8). Returns how many rows."""
    table = csv.writer(file)
    table.writerow(CSV_COLUMNS)
    count = 0
    for record in records:
        table.writerow([_harmless(value) for value in _row(record)])
        count += 1
    return count


def _row(record: dict[str, Any]) -> list[Any]:
    published = {f"published_{name}": value for name, value in (record["published"] or {}).items()}
    capture = record["capture"]
    flat = {
        **record,
        **published,
        "modified_date": (record["modified"] or {}).get("date"),
        "event_date": (record["event"] or {}).get("date"),
        "countries": " ".join(country["code"] for country in record["countries"]),
        "addresses": " ".join(record["addresses"]),
        "fetched_at": capture["fetched_at"],
        "sha256": capture["sha256"],
        "warc_file": capture["warc_file"],
        "warc_offset": capture["warc_offset"],
    }
    return [flat.get(name) for name in CSV_COLUMNS]


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, marked as text with a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
