"""``python -m benchmarks.timed OUT.json crawl ...``: the elchi command with stopwatches around its parts, put there from outside.

A stopwatch reads the CPU clock of the thread that it is in (`time.thread_time`), which costs under a microsecond: at a few calls a page
nothing is distorted, as a tracing profiler would. Reader processes are told by the kernel, when they have ended. The search index
works in threads of its own while nothing else runs, so it is timed by the CPU clock of the process. What is left is fetching: Scrapy,
Twisted, discovery, and messages to the readers. Start-up is all that comes before the spider's first request.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARTS = {
    "warc": ("storage.warc.writer", "WarcWriter.write", "thread"),
    "duplicates": ("storage.archive", "_find_copy", "thread"),
    "database": ("scraper.writer", "Writer._in_one_transaction", "thread"),
    "index": ("storage.search.index", "SearchIndex.catch_up", "process"),
    "discovery": ("spiders.news", "discover", "thread"),
}
"""By part: where its function stands, and which clock it is timed by."""


@dataclass(frozen=True, slots=True)
class _Clock:
    now: Callable[[], float]
    label: str


_CLOCKS = {"thread": _Clock(time.thread_time, "thread"), "process": _Clock(time.process_time, "process")}
_seconds: defaultdict[str, float] = defaultdict(float)
_calls: defaultdict[str, int] = defaultdict(int)
_marks: dict[str, float] = {}


def time_part(part: str, module: str, name: str, clock: str) -> None:
    """Put a stopwatch around a function. Raises AttributeError where there is none of that name: the table above is to be mended."""
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for step in path:
        owner = getattr(owner, step)
    original, now = getattr(owner, last), _CLOCKS[clock].now

    @functools.wraps(original)
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = now()
        try:
            return original(*args, **kwargs)
        finally:
            _seconds[part] += now() - began
            _calls[part] += 1

    setattr(owner, last, timed)


def _mark_start() -> None:
    """Note how much CPU went by before the spider began."""
    from spiders.news import NewsSpider

    original = NewsSpider.start

    @functools.wraps(original)
    async def start(self: NewsSpider) -> Any:
        _marks["start"] = time.process_time()
        async for each in original(self):
            yield each

    NewsSpider.start = start  # type: ignore[method-assign]


def _report(out: Path) -> None:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    main, readers = time.process_time(), children.ru_utime + children.ru_stime
    parts = dict(_seconds)
    parts["database"] = parts.get("database", 0.0) - parts.get("duplicates", 0.0)  # one is within the other
    parts["start-up"] = _marks.get("start", 0.0)
    parts["reading"] = readers
    parts["fetching"] = main - sum(seconds for part, seconds in parts.items() if part != "reading")
    out.write_text(json.dumps({"cpu": main + readers, "main": main, "parts": parts, "calls": _calls}), "utf-8")


def main() -> None:
    """Time the parts of the command that the arguments name."""
    out = Path(sys.argv.pop(1))
    for part, where in PARTS.items():
        time_part(part, *where)
    _mark_start()
    atexit.register(_report, out)
    from elchi.commands import main as elchi

    elchi()


if __name__ == "__main__":
    main()
