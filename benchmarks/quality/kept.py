"""What peers made of pages, kept in the cache, so that a run that was cut off goes on where it ended, and only Elchi is read anew.

The file of an engine is named by the pages, the peers' versions, the Python and how peers are asked: where one changes, all is read anew.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.contenders import CACHE
from benchmarks.quality.corpora import Case
from benchmarks.quality.engines import ENGINES, OURS

FOLDER = CACHE / "readings"


def file_of(name: str, cases: Sequence[Case], versions: Mapping[str, str], folder: Path = FOLDER) -> Path:
    """Where the lines of the worker that reads with an engine are kept."""
    digest = hashlib.sha256(json.dumps([sorted(versions.items()), sys.version]).encode())
    for other, engine in ENGINES.items():
        if other not in OURS:  # one is asked through another
            digest.update(inspect.getsource(engine).encode())
    for case in cases:
        digest.update(f"{case.url}\n{len(case.body)}\n".encode() + case.body)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{re.sub(r'[^a-z0-9]+', '-', name)}-{digest.hexdigest()[:16]}.jsonl"


def whole_lines(file: Path) -> int:
    """How many lines a file has. What a worker that was cut off left of a last one is taken off."""
    if not file.exists():
        return 0
    held = file.read_bytes()
    whole = held.rfind(b"\n") + 1
    if whole < len(held):
        with file.open("r+b") as open_file:
            open_file.truncate(whole)
    return held.count(b"\n")
