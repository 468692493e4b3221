"""Pages whose text, title or date somebody wrote down: a folder with a folder a corpus, each with a ``manifest.jsonl``.

A line of it names a page: ``{"id", "url", "language", "publisher", "html", "gold": {"text", "title", "date", "paras"}}``; ``html`` is the
gzipped page beside it, any part of the gold may be null. ``paras`` are pairs of a paragraph and whether a reader may leave it out.
``bad_html`` marks pages that hold no article any more.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SEED = 4
QUICK_PAGES = 3
"""Pages of each corpus, and of each of its languages at most one, that a quick look takes."""


class CorporaMissing(Exception):
    """There is nothing to measure on. The message says what is needed."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right, as far as it is known. paragraphs: with whether each may be left out. date: ISO 8601."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    paragraphs: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One page. body: its bytes, as they came."""

    corpus: str
    id: str
    url: str | None
    language: str
    publisher: str | None
    body: bytes = field(repr=False)
    gold: Gold = field(repr=False)


def load(folder: Path, *, quick: bool = False) -> list[Case]:
    """All pages of all corpora in a folder, or for a quick look the same few each time. Raises `CorporaMissing`."""
    manifests = sorted(folder.glob("*/manifest.jsonl"))
    if not manifests:
        raise CorporaMissing(f"{folder} holds no corpora: folders with a manifest.jsonl and the pages it names")
    rows = [(path.parent, json.loads(line)) for path in manifests for line in path.read_bytes().splitlines()]
    rows = [(place, row) for place, row in rows if not row.get("bad_html")]
    return [_case(place, row) for place, row in (_sample(rows) if quick else rows)]


def _sample(rows: list[tuple[Path, dict]]) -> list[tuple[Path, dict]]:  # type: ignore[type-arg]
    groups: dict[str, list[tuple[Path, dict]]] = defaultdict(list)  # type: ignore[type-arg]
    for place, row in rows:
        groups[place.name].append((place, row))
    return [each for name in sorted(groups) for each in random.Random(SEED).sample(groups[name], QUICK_PAGES)]


def _case(place: Path, row: dict) -> Case:  # type: ignore[type-arg]
    gold = row["gold"]
    paragraphs = tuple((text, bool(optional)) for text, optional in gold.get("paras") or ())
    return Case(
        corpus=place.name,
        id=row["id"],
        url=row.get("url"),
        language=row.get("language") or "xx",
        publisher=row.get("publisher"),
        body=gzip.decompress((place / row["html"]).read_bytes()),
        gold=Gold(gold.get("text"), gold.get("title"), gold.get("date"), paragraphs),
    )


def by(cases: Iterable[Case], name: str) -> dict[str, list[int]]:
    """The places of cases in their list, by an attribute of theirs."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        groups[getattr(case, name)].append(place)
    return dict(sorted(groups.items()))
