"""``python -m benchmarks.quality.worker ENGINE LIST DONE``: read a list's pages with one engine, but the first DONE, in its own process.

LIST has lines {"file", "url"}; standard output gets a line for each, {"text", "title", "date", "cpu_ms", "error"}, in order. An engine that
fails on a page, or takes longer than a minute, has read nothing of it. Imports nothing of Elchi: the peers' environment does not have it.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from benchmarks.quality.engines import ENGINES, Engine

PAGE_SECONDS = 60


class TooLong(Exception):
    """A page has had its minute."""


def read_one(engine: Engine, body: bytes, url: str | None) -> dict[str, Any]:
    """One page, with what it cost."""
    began = time.process_time()
    try:
        signal.alarm(PAGE_SECONDS)
        found: dict[str, Any] = dict(engine(body, url))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in somebody else's code counts as an empty page
        found = {"error": f"{type(error).__name__}: {error}"[:300]}
    finally:
        signal.alarm(0)
    return {**found, "cpu_ms": (time.process_time() - began) * 1000}


def _give_up(*_: object) -> None:
    raise TooLong


def main() -> None:
    """Read the list."""
    name, listed, already = sys.argv[1:]
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    logging.disable()
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _give_up)
    rows = [json.loads(line) for line in Path(listed).read_text("utf-8").splitlines()][int(already) :]
    warm = b"<html><body><article><h1>A page to begin with</h1><p>" + b"It has words enough. " * 30
    read_one(ENGINES[name], warm, "http://page.example/")  # what is loaded once is in no page's cost
    for row in rows:
        found = read_one(ENGINES[name], Path(row["file"]).read_bytes(), row["url"])
        print(json.dumps(found), file=out, flush=True)


if __name__ == "__main__":
    main()
