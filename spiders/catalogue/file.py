"""From a catalogue file's bytes to TOML's tables and the lines they stand on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from spiders.catalogue.errors import CatalogueError, Problem
from spiders.catalogue.lines import Place, key_lines

MAX_BYTES = 256 * 1024
"""More is no catalogue file: the longest of ours has a few thousand bytes."""


def read_tables(path: Path) -> tuple[dict[str, Any], dict[Place, int]]:
    """The tables of a TOML file, and the line of each key. Raises `CatalogueError`."""
    text = _decoded(path, _read(path))
    try:
        return tomllib.loads(text), key_lines(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, *_syntax(error, text)) from None
    except RecursionError:
        raise _refused(
            path, None, "Lists or tables are nested too deep", "Two levels are enough for every key"
        ) from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(
            path, None, f"The file cannot be read: {error.strerror}", "Check its name and who may read it"
        ) from None
    if len(content) > MAX_BYTES:
        raise _refused(
            path, None, "The file is larger than 256 KiB", "Write one source a file; a source needs a few lines"
        )
    return content


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "Save it as UTF-8 (in your editor: Save as, Encoding)"
        raise _refused(path, line, f"The file is not UTF-8: byte 0x{content[error.start]:02x}", remedy) from None


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str, str]:
    message = re.sub(r" \(at (line \d+, column \d+|end of document)\)$", "", str(error))
    said = re.search(r"at line (\d+)", str(error))
    line = int(said[1]) if said else text.count("\n") + (not text.endswith("\n"))
    lines = text.splitlines()
    there = f' in "{lines[line - 1].strip()[:80]}"' if 0 < line <= len(lines) else ""
    remedy = 'Texts stand in quotes, lists in square brackets, a key once: hosts = ["www.example.org"]'
    return line, f"This is not TOML: {message[:1].lower()}{message[1:]}{there}", remedy


def _refused(path: Path, line: int | None, message: str, remedy: str) -> CatalogueError:
    return CatalogueError([Problem(path, line, "", message, remedy)])
