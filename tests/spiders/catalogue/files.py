"""Catalogue files for the tests: the shortest right one, and ways to make it wrong."""

from __future__ import annotations

from pathlib import Path

from spiders.catalogue import CatalogueError, Problem, load_source

MINIMAL = """\
[institution]
name = { en = "Example University" }
country = "IR"
kind = "university"
homepage = "https://www.real.org/"
[source]
hosts = ["www.real.org", "real.org"]
languages = ["fa"]
timezone = "Asia/Tehran"
[[entry]]
kind = "listing"
url = "https://www.real.org/fa/news"
[facts]
verified = false
checked = 2026-11-22
"""

API = """\
kind = "api"
url = "https://www.real.org/api?page={page}"
page = "https://www.real.org/news/{id}"
"""


def write(folder: Path, text: str | bytes = MINIMAL, name: str = "example.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(old: str, new: str) -> str:
    """The minimal file with one thing in it changed."""
    assert MINIMAL.count(old) == 1, old
    return MINIMAL.replace(old, new)


def with_entry(lines: str) -> str:
    """The minimal file with other lines in its entry, which begin on line 11."""
    return changed('kind = "listing"\nurl = "https://www.real.org/fa/news"\n', lines.rstrip() + "\n")


def problems_of(path: Path) -> tuple[Problem, ...]:
    """All that is refused in a file; empty where nothing is."""
    try:
        load_source(path)
    except CatalogueError as error:
        return error.problems
    return ()
