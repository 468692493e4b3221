"""What is around each line of a page: means that fall off with distance, the way to the next mark, the neighbours themselves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FAR: Final = 99
"""Lines beyond which a distance says nothing more."""


def smooth(values: Floats, weights: Floats, width: int) -> Floats:
    """The weighted mean of values around each line, falling off as a bell of `width` lines."""
    reach = 3 * width
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    part = slice(reach, reach + len(values))
    above = np.convolve(values * weights, bell, "full")[part]
    mean: Floats = above / np.maximum(np.convolve(weights, bell, "full")[part], 1e-9)
    return mean


def distances(marked: Floats) -> tuple[Floats, Floats]:
    """How many lines away the next and the previous marked line are, 99 at most; a line itself does not count."""
    at = np.flatnonzero(marked)
    index = np.arange(len(marked))
    after = np.searchsorted(at, index, side="right")
    before = np.searchsorted(at, index, side="left") - 1
    ahead = (
        np.where(after < len(at), at[np.minimum(after, len(at) - 1)] - index, FAR)
        if len(at)
        else np.full(len(marked), FAR)
    )
    behind = np.where(before >= 0, index - at[np.maximum(before, 0)], FAR) if len(at) else np.full(len(marked), FAR)
    return np.minimum(ahead, FAR).astype(float), np.minimum(behind, FAR).astype(float)


def shifted(values: Floats, step: int) -> Floats:
    """Each line's neighbour `step` lines on, -1 beyond the page's ends."""
    moved = np.full_like(values, -1.0)
    if 0 < step < len(values):
        moved[:-step] = values[step:]
    elif -len(values) < step < 0:
        moved[-step:] = values[:step]
    return moved
