"""``python -m benchmarks.reading [--corpora DIR] [--quick] [--json] [--only PART ...]``: how well pages are read, and what that costs.

Parts: quality (text, titles and dates of Elchi beside trafilatura, readability-lxml, newspaper4k, news-please, resiliparse and htmldate),
rules (publishers that have a file in benchmarks/catalogue, with and without it), cost (CPU beside trafilatura, by part and by language).
The peers are the extra "benchmarks"; where it is not installed an environment of their own is made once. --quick takes three pages of each
corpus: under a minute, and is not judged. docs/benchmarks.md says how all this is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks.contenders import PeerMissing
from benchmarks.quality import peers
from benchmarks.quality.corpora import Case, CorporaMissing, by, load
from benchmarks.quality.engines import ENGINES, OURS, PARTS
from benchmarks.quality.score import mark, summary
from benchmarks.quality.tables import print_results
from benchmarks.quality.targets import ENC_SINGLE, judge

CHOICES = ("quality", "rules", "cost")
COST_PAGES = 240
"""Pages that cost is measured on, every so manieth of all: a mean needs no more."""


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, help="folder of the corpora; default ELCHI_CORPORA")
    parser.add_argument("--quick", action="store_true", help="three pages of each corpus, one round")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--only", nargs="+", choices=CHOICES, help="some parts alone")
    parser.add_argument("--rounds", type=int, help="of cost; default 3; 1 with --quick")
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(ENGINES), help="engines to leave out")
    asked = parser.parse_args()
    place = asked.corpora or os.environ.get("ELCHI_CORPORA")
    if not place:
        sys.exit(
            "Name the folder of the corpora: --corpora DIR, or ELCHI_CORPORA. docs/benchmarks.md says what it holds."
        )
    try:
        results = measure(Path(place), asked)
    except CorporaMissing as error:
        sys.exit(str(error))
    print(json.dumps(results, ensure_ascii=False)) if asked.json else print_results(results)


def measure(place: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Every part that was asked for."""
    chosen = asked.only or CHOICES
    cases = load(place, quick=asked.quick)
    results: dict[str, Any] = {"about": _about(cases, asked.quick)}
    if "quality" in chosen:
        results |= compare(cases, [name for name in ENGINES if name not in asked.without])
        results["about"]["versions"] |= results.pop("versions")
    if {"rules", "cost"} & set(chosen):
        from benchmarks.quality import cost, rules

        # Rules are few, and what they are worth is no sample's matter.
        every = load(place) if asked.quick and "rules" in chosen else cases
        of_cases = rules.of_cases(every)
        if "rules" in chosen:
            results["rules"] = rules.compare(every, of_cases)
        if "cost" in chosen:
            rounds = asked.rounds or (1 if asked.quick else 3)
            results["cost"] = cost.compare(_some(cases, set(of_cases)), of_cases, rounds)
    results["targets"] = [
        {"name": name, "figure": figure, "target": target, "met": is_met}
        for name, figure, target, is_met in judge(results)
    ]
    return results


def compare(cases: Sequence[Case], names: Sequence[str]) -> dict[str, Any]:
    """Summaries of each engine, and why some have none."""
    missing: dict[str, str] = {}
    try:
        program = peers.python()
    except PeerMissing as error:
        program, missing = Path(sys.executable), {name: str(error) for name in names if name not in OURS}
    with tempfile.TemporaryDirectory(prefix="elchi-benchmark-") as folder:
        runs = peers.run_all([name for name in names if name not in missing], cases, Path(folder), program)
    missing |= {name: run for name, run in runs.items() if isinstance(run, str)}
    quality = {name: _summaries(name, cases, run) for name, run in runs.items() if isinstance(run, peers.Run)}
    return {
        "quality": quality,
        "missing": missing,
        "versions": peers.versions(program) if len(missing) < len(names) else {},
    }


def _summaries(name: str, cases: Sequence[Case], run: peers.Run) -> dict[str, Any]:
    marks = [mark(case.gold, reading) for case, reading in zip(cases, run.readings, strict=True)]
    costs = [reading.cpu_ms or 0.0 for reading in run.readings]

    def of(places: Sequence[int]) -> dict[str, Any]:
        return _looked_for(name, summary([marks[place] for place in places]))

    enc = [at for at, case in enumerate(cases) if case.corpus == "enc" and case.language not in ENC_SINGLE]
    return {
        "all": of(range(len(cases))),
        "by_corpus": {corpus: of(places) for corpus, places in by(cases, "corpus").items()},
        "by_language": {language: of(places) for language, places in by(cases, "language").items()},
        "enc_others": of(enc),
        "errors": len(run.errors),
        "examples": sorted(set(run.errors))[:3],
        "mean_ms": fmean(costs),
        "median_ms": median(costs),
    }


def _looked_for(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    """What an engine does not look for is no failure of it."""
    looked = PARTS.get(name, ("text", "title", "date"))
    groups = {"text": ("f1", "precision", "recall", "empty"), "title": ("title",)}
    groups["date"] = ("date_right", "date_wrong", "date_none")
    return figures | {key: None for part, keys in groups.items() if part not in looked for key in keys}


def _some(cases: Sequence[Case], ruled: set[str]) -> list[Case]:
    """Every so manieth page, and all that have rules."""
    step = max(1, len(cases) // COST_PAGES)
    return [case for at, case in enumerate(cases) if at % step == 0 or case.id in ruled]


def _about(cases: Sequence[Case], quick: bool) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "pages": len(cases),
        "quick": quick,
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {},
    }


if __name__ == "__main__":
    main()
