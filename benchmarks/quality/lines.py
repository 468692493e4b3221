"""Which lines of a page are its text, by what somebody wrote down of it: what the judge of lines is taught with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.corpora import Case, Gold
from benchmarks.quality.score import SHINGLE, tokens
from scraper.reading.charset import decode
from scraper.reading.document import Document, document
from scraper.reading.engine import engine_votes
from scraper.reading.features import features
from scraper.reading.markup import parse
from scraper.reading.outline import Line
from scraper.reading.repeats import Repeats, key, learn

HEAVIEST = 60.0
"""What a line may weigh of its page, whose text weighs 300."""
AROUND = 8
"""Lines on either side that say which of two equal ones stands in the text."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page's lines as rows of numbers, whether each is text, and what it weighs. unlearned: the rows before the site is known."""

    case: Case = field(repr=False)
    rows: NDArray[np.float32] = field(repr=False)
    unlearned: NDArray[np.float32] | None = field(repr=False)
    is_text: NDArray[np.bool_] = field(repr=False)
    weights: NDArray[np.float64] = field(repr=False)


def page_of(case: Case) -> Document | None:
    """The page as the reader sees it."""
    tree = parse(decode(case.body, None).text)
    return document(case.url or "", tree) if tree is not None else None


def keys_of(case: Case) -> frozenset[int]:
    """The keys of a page's lines."""
    page = page_of(case)
    return frozenset(key(line.folded) for line in page.lines) if page is not None else frozenset()


def sites(cases: Sequence[Case], keys: Sequence[frozenset[int]]) -> list[Repeats | None]:
    """For each page, what its site repeats in its corpus. Corpora hold some pages twice, in two charsets: they count as one site each."""
    pages = defaultdict(list)
    for case, lines in zip(cases, keys, strict=True):
        pages[_site(case)].append(lines)
    learned = {site: learn(lines) for site, lines in pages.items()}
    return [learned[_site(case)] for case in cases]


def _site(case: Case) -> tuple[str, str]:
    return case.corpus, host_of(case)


def host_of(case: Case) -> str:
    """Who publishes a page, as far as its address tells."""
    return urlsplit(case.url or "").hostname or case.publisher or case.id


def sample_of(case: Case, repeats: Repeats | None) -> Sample | None:
    """A page to be taught with, None where it has no lines."""
    page = page_of(case)
    if page is None or not page.lines:
        return None
    votes = engine_votes(page)
    rows = features(page, votes, repeats)
    is_text, weights = labels(case.gold, page.lines)
    titles = rows[:, TITLED] > 0
    is_text &= ~(titles & np.array([line.heading == 1 or len(line.folded) >= 20 for line in page.lines]))
    return Sample(case, rows, features(page, votes) if repeats else None, is_text, weights)


TITLED = 13
"""The column that says that a line shows the title: it is kept as the title, and does not belong to the text."""


def labels(gold: Gold, lines: Sequence[Line]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """For each line whether most of its words stand in the gold, and what it weighs: nothing where it may be left out.

    What the page says twice, and the gold once, is text where there is most text around it, and not in a teaser.
    """
    words = [tokens(line.text) for line in lines]
    sizes = np.array([len(each) for each in words], float)
    wanted = _shingles([gold.text or ""])
    order = np.argsort(-_around(_covered(words, wanted, range(len(words))) * sizes), kind="stable")
    is_text = _covered(words, wanted, order.tolist(), once=True) >= 0.5
    optional = _shingles([text for text, may_go in gold.paragraphs if may_go])
    weights = sizes * (_covered(words, optional, range(len(words))) < 0.5)
    return is_text, np.minimum(HEAVIEST, weights / max(1.0, (weights * is_text).sum()) * 300)


def _shingles(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    listed = [tokens(text) for text in texts]
    return Counter(tuple(words[at : at + SHINGLE]) for words in listed for at in range(len(words) - SHINGLE + 1))


def _around(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return (
        np.convolve(weights, np.ones(2 * AROUND + 1), "same")
        if len(weights) > 2 * AROUND
        else np.full_like(weights, weights.sum())
    )


def _covered(
    words: Sequence[Sequence[str]], known: Counter[tuple[str, ...]], order: Iterable[int], *, once: bool = False
) -> NDArray[np.float64]:
    """Which share of each line's words stands in known shingles, those that reach over into the next lines among them.

    once: each shingle covers as often as it is known, and lines take them in `order`.
    """
    flat = [word for line in words for word in line]
    ends = np.cumsum([len(line) for line in words])
    left, hit = Counter(known), np.zeros(len(flat) + SHINGLE, bool)
    for line in order:
        for at in range(ends[line] - len(words[line]), ends[line]):
            shingle = tuple(flat[at : at + SHINGLE])
            if left[shingle] > 0:
                left[shingle] -= once
                hit[at : at + SHINGLE] = True
    return np.array([hit[end - len(line) : end].mean() if line else 0.0 for line, end in zip(words, ends, strict=True)])
