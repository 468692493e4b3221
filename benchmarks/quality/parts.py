"""Stopwatches around the parts of the reader, put there from outside: CPU of each without that of the parts inside it."""

from __future__ import annotations

import functools
import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PARTS = {
    "charset": ("charset.decode",),
    "parse": ("markup.parse",),
    "outline": ("outline.outline",),
    "declared": ("document.document",),
    "body": ("body.extract_body", "region.find_region", "edges.trim_edges"),
    "title": ("title.extract_title",),
    "byline": ("byline.extract_byline",),
    "dates": ("published.extract_dates", "event.extract_event"),
    "language": ("language.identify",),
    "countries": ("countries.find_countries",),
    "kind": ("kind.judge",),
    "links": ("links.body_links", "links.body_images"),
}
"""By part: its functions, each as module and name."""


class Stopwatches:
    """seconds: of CPU by part, and of the rest of ``read_page`` as "other"."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    @contextmanager
    def on(self) -> Iterator[None]:
        """Measure for a while. Raises AttributeError where a function has gone: the table above is to be mended."""
        watched = {_function(name): part for part, names in PARTS.items() for name in names}
        from scraper.reading.reader import read_page

        watched[read_page] = "other"
        replaced = list(self._replace(watched))
        try:
            yield
        finally:
            for module, name, original in replaced:
                setattr(module, name, original)

    def _replace(self, watched: dict[Callable[..., Any], str]) -> Iterator[tuple[Any, str, Any]]:
        """Put a stopwatch wherever a function is known by name: in its own module, and in those that have imported it."""
        watches = {original: self._watch(original, part) for original, part in watched.items()}
        modules = [
            module for name, module in sys.modules.items() if name.startswith(("scraper.reading", "benchmarks."))
        ]
        for module in modules:
            for name, value in list(vars(module).items()):
                if callable(value) and _hashable(value) and value in watches:
                    setattr(module, name, watches[value])
                    yield module, name, value

    def _watch(self, original: Callable[..., Any], part: str) -> Callable[..., Any]:
        @functools.wraps(original)
        def watched(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            began = time.process_time()
            try:
                return original(*args, **kwargs)
            finally:
                took = time.process_time() - began
                self.seconds[part] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return watched


def _function(name: str) -> Callable[..., Any]:
    module, _, last = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(f"scraper.reading.{module}"), last)
    return found


def _hashable(value: Any) -> bool:
    return type(value).__hash__ is not None
