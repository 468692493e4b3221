"""Teaches the judge of lines (scraper/reading/body.py) with pages whose text somebody wrote down.

    pip install "elchi[teaching]"
    python -m benchmarks.train_body --corpora PATH            # cross-validated: each publisher's pages by trees that never saw them
    python -m benchmarks.train_body --corpora PATH --write    # taught with all pages, and written where the reader finds it

What is shipped are questions about columns of numbers, and what their answers are worth: nothing of any page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.corpora import Case, CorporaMissing, by, load
from benchmarks.quality.lines import Sample, host_of, keys_of, sample_of, sites
from benchmarks.quality.score import Reading, mark, summary
from scraper.reading import Page, ReadingError, Rules, body, read_page
from scraper.reading.repeats import Repeats
from scraper.reading.trees import Trees, trees_of

SHIPPED = Path(body.__file__).with_name("body_trees.json.gz")
FOLDS = 4
RARER = {"enc": 0.3, "dates_synth": 0.0}
"""Corpora whose pages stand in others too count less, and those that were made up for dates not at all."""
GROWTH = {
    "iterations": 320,
    "depth": 6,
    "learning_rate": 0.08,
    "l2_leaf_reg": 6,
    "rsm": 0.3,
    "border_count": 64,
    "boosting_type": "Plain",
    "bootstrap_type": "Bernoulli",
    "subsample": 0.8,
}
"""What CatBoost grows: oblivious trees, of which NumPy can ask all lines at once."""


def grow(samples: Sequence[Sample], version: str, *, seed: int = 1) -> dict[str, Any]:
    """Trees taught with samples, as the reader's file has them."""
    from catboost import CatBoostClassifier, Pool

    parts = [(each, rows) for each in samples for rows in (each.rows, each.unlearned) if rows is not None]
    weighed = [each.weights * RARER.get(each.case.corpus, 1.0) for each, _ in parts]
    heavy = [weights > 0 for weights in weighed]
    rows = np.concatenate([rows[which] for (_, rows), which in zip(parts, heavy, strict=True)])
    is_text = np.concatenate([each.is_text[which] for (each, _), which in zip(parts, heavy, strict=True)])
    weights = np.concatenate([one[which] for one, which in zip(weighed, heavy, strict=True)])
    model = CatBoostClassifier(
        **GROWTH, random_seed=seed, thread_count=os.cpu_count(), verbose=0, allow_writing_files=False
    )
    model.fit(Pool(rows, is_text.astype(int), weight=weights))
    return _described(model, version)


def _described(model: Any, version: str) -> dict[str, Any]:
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    path = folder / f"elchi-trees-{os.getpid()}.json"
    model.save_model(str(path), format="json")
    grown = json.loads(path.read_text("utf-8"))
    path.unlink()
    trees = grown["oblivious_trees"]
    scale, (bias,) = grown["scale_and_bias"]
    depth = max(len(tree["splits"]) for tree in trees)
    never = [{"float_feature_index": 0, "border": 3e38}]
    splits = [tree["splits"] + never * (depth - len(tree["splits"])) for tree in trees]
    leaves = [tree["leaf_values"] + [0.0] * (2**depth - len(tree["leaf_values"])) for tree in trees]
    return {
        "version": version,
        "columns": [[split["float_feature_index"] for split in tree] for tree in splits],
        "borders": [[float(f"{split['border']:.7g}") for split in tree] for tree in splits],
        "leaves": [[float(f"{scale * leaf:.4g}") for leaf in tree] for tree in leaves],
        "bias": bias,
    }


def folds(cases: Sequence[Case]) -> list[int]:
    """Which fold each page is in: all pages of a publisher in one, whatever corpus they are in."""
    publishers = [
        ".".join(host_of(case).split(".")[-2:]) if host_of(case).count(".") else host_of(case) for case in cases
    ]
    names = sorted(set(publishers))
    random.Random(0).shuffle(names)
    number = {name: place % FOLDS for place, name in enumerate(names)}
    return [number[name] for name in publishers]


@contextmanager
def judged_by(trees: Trees) -> Iterator[None]:
    """Let the reader judge by other trees."""
    shipped = body.learned
    body.learned = lambda: trees
    try:
        yield
    finally:
        body.learned = shipped


def read_with(values: dict[str, Any], cases: Sequence[Case], repeats: Sequence[Repeats | None]) -> list[Reading]:
    """What the reader makes of pages where it judges by these trees."""
    with judged_by(trees_of(values)):
        return [_read(case, known) for case, known in zip(cases, repeats, strict=True)]


def _read(case: Case, repeats: Repeats | None) -> Reading:
    try:
        reading = read_page(Page(case.url or "", case.body, None, datetime.now(UTC)), Rules(repeats=repeats))
    except ReadingError:
        return Reading()
    return Reading(reading.text, reading.title)


def cross_validate(
    cases: Sequence[Case], samples: Sequence[Sample | None], repeats: Sequence[Repeats | None]
) -> dict[str, Any]:
    """Quality by corpus, each page read with trees that saw nothing of its publisher."""
    fold_of, readings = folds(cases), [Reading()] * len(cases)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for fold in range(FOLDS):
            trees = grow(
                [each for each, number in zip(samples, fold_of, strict=True) if each and number != fold], f"fold {fold}"
            )
            places = [place for place, number in enumerate(fold_of) if number == fold]
            parts = [places[part :: os.cpu_count()] for part in range(os.cpu_count() or 1)]
            jobs = [
                pool.submit(read_with, trees, [cases[at] for at in part], [repeats[at] for at in part])
                for part in parts
            ]
            for part, job in zip(parts, jobs, strict=True):
                for place, reading in zip(part, job.result(), strict=True):
                    readings[place] = reading
    marks = [mark(case.gold, reading) for case, reading in zip(cases, readings, strict=True)]
    return {name: summary([marks[place] for place in places]) for name, places in by(cases, "corpus").items()}


def main() -> None:
    """Teach, and say how well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=os.environ.get("ELCHI_CORPORA"), help="default: $ELCHI_CORPORA")
    parser.add_argument("--write", action="store_true", help=f"write {SHIPPED.name}, and do not cross-validate")
    options = parser.parse_args()
    if options.corpora is None:
        parser.error("name the folder of the corpora by --corpora or ELCHI_CORPORA")
    try:
        cases = [case for case in load(options.corpora) if case.gold.text]
    except CorporaMissing as error:
        parser.error(str(error))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        repeats = sites(cases, list(pool.map(keys_of, cases, chunksize=8)))
        samples = list(pool.map(sample_of, cases, repeats, chunksize=8))
    if options.write:
        version = datetime.now(UTC).strftime("%Y-%m-%d")
        values = grow([each for each in samples if each], version)
        SHIPPED.write_bytes(gzip.compress(json.dumps(values, separators=(",", ":")).encode(), 9, mtime=0))
        print(f"{SHIPPED.name}: {len(values['columns'])} trees, {SHIPPED.stat().st_size / 1000:.0f} kB")
        return
    for corpus, figures in cross_validate(cases, samples, repeats).items():
        print(f"{corpus:<14}", *(f"{name} {figures[name]:.4f} " for name in ("f1", "precision", "recall", "empty")))


if __name__ == "__main__":
    main()
