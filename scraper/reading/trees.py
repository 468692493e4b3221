"""Boosted oblivious trees, as CatBoost grows them, asked with NumPy: no library is needed to judge by what was learned.

An oblivious tree asks the same question of all lines at each of its levels; the answers, read as a binary number, name the leaf.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_AT_ONCE: Final = 4096
"""Rows that are judged at once: what a page of a million lines costs in memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Trees:
    """columns: which column each level of each tree asks about (trees, depth). borders: above what the answer is yes, the same shape.

    leaves: the worth of each leaf (trees, 2 ** depth). bias: what is added to the sum. version: of the learned data, for the record.
    """

    columns: NDArray[np.int64]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float64]
    bias: float
    version: str

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The chance of each row, 0 to 1."""
        parts = [self._sums(rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE)]
        sums = np.concatenate(parts) if parts else np.zeros(0)
        return 1 / (1 + np.exp(-sums))

    def _sums(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        columns = np.ascontiguousarray(rows.T)
        leaf = np.zeros((len(self.columns), len(rows)), np.uint8)
        for level in range(self.columns.shape[1]):
            answers = columns[self.columns[:, level]] > self.borders[:, level, None]
            leaf |= answers.view(np.uint8) << level
        total: NDArray[np.float64] = np.take_along_axis(self.leaves, leaf.astype(np.intp), 1).sum(0) + self.bias
        return total


def trees_of(values: dict[str, Any]) -> Trees:
    """The trees that a JSON object describes, see benchmarks/train_body.py."""
    return Trees(
        np.array(values["columns"], np.int64),
        np.array(values["borders"], np.float32),
        np.array(values["leaves"], float),
        float(values["bias"]),
        str(values["version"]),
    )


@cache
def learned() -> Trees:
    """What was learned of lines, as it is shipped."""
    data = files("scraper.reading").joinpath("body_trees.json.gz").read_bytes()
    return trees_of(json.loads(gzip.decompress(data)))
