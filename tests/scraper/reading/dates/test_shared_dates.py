"""The strings of ../shared/dates.jsonl, where that folder stands beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.reading.dates import parse_date

ROWS = Path(__file__).parents[5] / "shared" / "dates.jsonl"
"""Each row: raw, language, calendar, and iso, None where the string states no day."""


@pytest.mark.skipif(not ROWS.exists(), reason="../shared/dates.jsonl is not beside the checkout")
def test_all_but_one_at_most_are_right_and_none_is_invented() -> None:
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    wrong, invented = [], []
    for row in rows:
        found = parse_date(
            row["raw"], language=row["language"], calendar="persian" if row["language"] == "fa" else None
        )
        if row["iso"] is None and found is not None:
            invented.append((row["id"], found.day))
        elif row["iso"] and (found is None or found.day.isoformat() != row["iso"]):
            wrong.append((row["id"], found and found.day))
    assert not invented
    assert len(wrong) <= 1, wrong
