"""What an archive must hold true, and what two archives of the same web must have in common."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.models import Capture, Page, WarcFile
from storage.warc import read_record, scan
from tests.crawl.command import Elchi

OF_THIS_RUN = ("id", "first_seen", "last_seen", "why")
"""Evidence says how much was known of the site when the page was read."""
OF_THIS_CAPTURE = ("id", "run", "fetched_at", "warc_file", "warc_offset", "warc_length", "site_repeats")


def comparable(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Exported records without numbers, moments and places in files, in an order of their own.

    Of copies it is left open which one came first.
    """
    return sorted(map(_comparable, records), key=lambda record: (record["pages"], record["kind"]))


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in record.items() if name not in OF_THIS_RUN}
    kept["capture"] = {name: value for name, value in record["capture"].items() if name not in OF_THIS_CAPTURE}
    kept["addresses"] = sorted(record["addresses"])
    own = {"source": kept.pop("source"), "url": kept.pop("url")}
    copies = kept.pop("copies")
    kept["pages"] = sorted([each["source"], each["url"]] for each in [own, *copies])
    if copies:
        for name in ("capture", "institution", "country"):
            kept.pop(name)
    return kept


def warc_files(home: Path) -> list[Path]:
    return sorted((home / "warc").glob("*.warc.gz"))


def assert_sound(elchi: Elchi) -> None:
    """Each WARC file is whole and closed, each of its responses has its one row, and each row its bytes."""
    files = warc_files(elchi.home)
    assert files
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *map(str, files)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout[-2000:] + checked.stderr
    with elchi.database() as database, database.read() as session:
        rows = session.scalars(select(Capture)).all()
        closed = set(session.scalars(select(WarcFile.name).where(WarcFile.closed_at.is_not(None))))
    assert closed == {path.name for path in files}
    places = Counter((row.warc_file, row.warc_offset) for row in rows)
    stored = {(path.name, response.offset) for path in files for response in scan(path)}
    assert places == Counter(stored)
    for row in rows:
        record = read_record(elchi.home / "warc" / row.warc_file, row.warc_offset)
        assert hashlib.sha256(record.body).hexdigest() == row.sha256 == record.sha256
        assert (record.status, record.length) == (row.status, row.warc_length)


def assert_nothing_doubled(elchi: Elchi) -> None:
    """No page carries two articles, no article has a second version of what did not change, and nothing waits any more."""
    records = elchi.export()
    urls = Counter(each["url"] for record in records for each in (record, *record["copies"]))
    assert not [url for url, count in urls.items() if count > 1]
    assert {record["version"] for record in records} == {1}
    with elchi.database() as database, database.read() as session:
        waiting = session.scalars(select(Page.url).where(Page.state == "found")).all()
    assert not waiting
