"""``python -m benchmarks.fuzz_reader [--minutes N] [--seed N] [--jobs N]``: for a while the reader is given broken pages.

Each is read in a process with a crawl's bounds. It must end in a reading, in an error of the reader's own, or in "nested too deeply";
never in a fault, never beyond the bounds of time and memory. What fails is saved as a file that `--again FILE` reads in this process, with
its traceback. Exit code 1 where anything failed.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.broken_pages import broken_page
from elchi.reading import Bounds, bound_readers, read_in_order
from scraper import settings
from scraper.reader_messages import PageRequest, ReadAnswer

FAULTS = frozenset({"reader fault", "reader timeout", "reader crashed"})
"""Outcomes that no page may have: an exception of Python's, more time, more memory than a crawl gives a page."""
PATIENCE = 4
"""How much more wall time than CPU a page gets: a crawl's seconds are meant for a machine that is not busy with something else."""


@dataclass
class Outcomes:
    """What became of the pages so far. most_ms: of CPU that a page may take. folder: where what fails is saved.

    slowest: milliseconds of CPU, and the number of its page. faults: what failed, by number.
    """

    most_ms: float
    folder: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)
    cpu_ms: float = 0.0
    faults: dict[int, str] = field(default_factory=dict)

    def take(self, asked: tuple[int, PageRequest], answer: ReadAnswer) -> None:
        """Count one."""
        number, request = asked
        outcome, told = answer.failure or (answer.reading.kind if answer.reading else "nothing", "")
        cpu_ms = answer.cpu_ms or 0.0
        if cpu_ms > self.most_ms:
            outcome, told = "reader timeout", f"{cpu_ms:.0f} ms of CPU"
        self.counts[outcome] += 1
        self.cpu_ms += cpu_ms
        self.slowest = max(self.slowest, (cpu_ms, number))
        if outcome in FAULTS:
            self.faults[number] = f"{outcome}: {told}"
            self._save(number, request)

    def _save(self, number: int, request: PageRequest) -> None:
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{number}.html").write_bytes(request.page.body)
            (self.folder / f"{number}.request").write_bytes(pickle.dumps(request))
            print(f"failed: {self.faults[number]}: {self.folder / str(number)}.request", file=sys.stderr)


def fuzz(numbers: Iterator[int], outcomes: Outcomes, jobs: int, bounds: Bounds) -> None:
    """Read the pages of these numbers."""
    pages = ((number, broken_page(number)) for number in numbers)
    asked = (((number, request), request) for number, request in pages)

    async def read() -> None:
        async with bound_readers(jobs, bounds) as bound:
            await read_in_order(asked, bound, outcomes.take)

    asyncio.run(read())


def _for(minutes: float, first: int) -> Iterator[int]:
    until = time.monotonic() + 60 * minutes
    for number in count(first):
        if time.monotonic() > until:
            return
        yield number


def main() -> None:
    """Fuzz for a while, and say what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz_reader", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="number of the first page; default: from the clock")
    parser.add_argument("--jobs", type=int, default=settings.ELCHI_READERS)
    parser.add_argument(
        "--save", type=Path, default=Path(tempfile.gettempdir()) / "elchi-fuzz", help="folder for what fails"
    )
    parser.add_argument("--again", type=Path, help="a saved .request: read it here, and show how it fails")
    asked = parser.parse_args()
    if asked.again is not None:
        _again(asked.again)
        return
    first = asked.seed if asked.seed is not None else int(time.time()) * 1000
    seconds, megabytes = settings.ELCHI_READER_SECONDS, int(settings.ELCHI_READER_MEGABYTES)
    outcomes, began = Outcomes(1000 * seconds, asked.save), time.monotonic()
    print(f"pages from {first}, {asked.jobs} readers of {megabytes} MB, {seconds:g} s of CPU a page", file=sys.stderr)
    bounds = Bounds(PATIENCE * seconds, megabytes)
    fuzz(_for(asked.minutes, first), outcomes, asked.jobs, bounds)
    _report(outcomes, time.monotonic() - began)
    sys.exit(1 if outcomes.faults else 0)


def _report(outcomes: Outcomes, seconds: float) -> None:
    total = outcomes.counts.total()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{total} pages in {seconds:.0f} s, {outcomes.cpu_ms / max(1, total):.1f} ms of CPU a page")
    for outcome, number in outcomes.counts.most_common():
        print(f"{number:8} {outcome}")
    print(f"slowest: {outcomes.slowest[0]:.0f} ms of CPU, page {outcomes.slowest[1]}; largest reader: {largest:.0f} MB")
    print(f"failed: {len(outcomes.faults)}")


def _again(path: Path) -> None:
    from scraper.reading import ReadingError, read_page

    request: PageRequest = pickle.loads(path.read_bytes())
    began = time.process_time()
    try:
        reading = read_page(request.page, request.rules, request.found)
        print(reading.kind, reading.title, len(reading.text))
    except ReadingError as error:
        print(f"{type(error).__name__}: {error}")
    print(f"{(time.process_time() - began) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
