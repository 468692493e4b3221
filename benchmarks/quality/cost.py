"""What reading a page costs in CPU, beside ``trafilatura.bare_extraction`` with metadata on the same page: in alternation, in one process.

Of several rounds over the pages each page's median counts, as a machine that others work on is slower now and then. Which of them
goes first changes with every page. Ratios are those of the means over the pages, what a whole crawl costs, and of the medians, what
a usual page costs: a few large pages make most of a mean.
"""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from statistics import fmean, median
from typing import Any

from benchmarks.quality.corpora import Case, by
from benchmarks.quality.engines import FETCHED_AT, trafilatura
from benchmarks.quality.parts import Stopwatches
from scraper.reading import Page, ReadingError, Rules, read_page

NO_RULES = Rules()
BASE = "trafilatura"
LEAST_PAGES = 2
"""Of a language, below which it is not judged: one page is no language."""


def compare(cases: Sequence[Case], rules: Mapping[str, Rules], rounds: int) -> dict[str, Any]:
    """Milliseconds of CPU a page. rules: of some pages, by their ids, which are then read with and without them."""
    contenders = {BASE: _trafilatura, "without": _without_rules, "rules": lambda case: _read(case, rules[case.id])}
    times: dict[str, dict[int, list[float]]] = {name: defaultdict(list) for name in contenders}
    watches = Stopwatches()
    for case in cases[:5]:  # what is loaded once is in no page's cost
        _trafilatura(case)
        _without_rules(case)
    for turn in range(rounds):
        for place, case in enumerate(cases):
            names = [name for name in contenders if name != "rules" or case.id in rules]
            first = (turn + place) % len(names)
            for name in names[first:] + names[:first]:
                times[name][place].append(_timed(contenders[name], case))
    with watches.on():
        for case in cases:
            _without_rules(case)
    medians = {name: {place: median(all_of) for place, all_of in places.items()} for name, places in times.items()}
    return {
        "rounds": rounds,
        **{name: _figures(medians[name], medians[BASE]) for name in contenders if medians[name]},
        "parts": {part: seconds * 1000 / len(cases) for part, seconds in watches.seconds.items()},
        "by_language": _by_language(cases, medians["without"], medians[BASE]),
    }


def _figures(one: Mapping[int, float], base: Mapping[int, float]) -> dict[str, float]:
    """Of those pages that one was measured on."""
    same = [base[place] for place in one]
    mean, middle = fmean(one.values()), median(one.values())
    ratios = {"ratio_mean": mean / fmean(same), "ratio_median": middle / median(same)}
    return {"pages": len(one), "mean_ms": mean, "median_ms": middle, **ratios}


def _by_language(cases: Sequence[Case], ours: Mapping[int, float], base: Mapping[int, float]) -> dict[str, Any]:
    groups = {name: places for name, places in by(cases, "language").items() if len(places) >= LEAST_PAGES}
    return {
        name: _figures({place: ours[place] for place in places}, {place: base[place] for place in places})
        for name, places in groups.items()
    }


def _trafilatura(case: Case) -> None:
    trafilatura(case.body, case.url)


def _without_rules(case: Case) -> None:
    _read(case, NO_RULES)


def _read(case: Case, rules: Rules) -> None:
    try:
        read_page(Page(case.url or "", case.body, None, FETCHED_AT), rules)
    except ReadingError:
        return


def _timed(read: Callable[[Case], None], case: Case) -> float:
    """Milliseconds of this process."""
    with _no_collection():
        began = time.process_time()
        read(case)
        return (time.process_time() - began) * 1000


@contextmanager
def _no_collection() -> Any:
    """A collection of garbage would be one contender's, and another's garbage."""
    gc.collect(0)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
