"""What a source's own selectors are worth: publishers of the corpora that have a file in benchmarks/catalogue, read with and without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.corpora import Case
from benchmarks.quality.engines import FETCHED_AT, elchi
from benchmarks.quality.score import Mark, Reading, mark, summary
from scraper.reading import NotReadable, Page, Rules, read_page

CATALOGUE = Path(__file__).parent.parent / "catalogue"
CORPUS = "fundus"
"""The one whose publishers have files there."""


def of_cases(cases: Sequence[Case]) -> dict[str, Rules]:
    """The rules of the pages of `CORPUS` whose host is in the benchmarks' catalogue, by the pages' ids."""
    from spiders.catalogue import load_catalogue

    sources = load_catalogue([CATALOGUE]).values()
    those = [case for case in cases if case.corpus == CORPUS and case.url]
    found = ((case, source) for case in those for source in sources if source.allows(case.url or ""))
    return {case.id: source.rules(case.url or "") for case, source in found}


def compare(cases: Sequence[Case], rules: Mapping[str, Rules]) -> dict[str, Any]:
    """Summaries with and without rules: of all pages that have some and a text to find, and by host."""
    ruled = [case for case in cases if case.id in rules and case.gold.text]
    marks: dict[str, dict[str, list[Mark]]] = {name: defaultdict(list) for name in ("rules", "without")}
    for case in ruled:
        publisher = case.publisher or case.corpus
        marks["rules"][publisher].append(mark(case.gold, _read(case, rules[case.id])))
        marks["without"][publisher].append(mark(case.gold, Reading(**_texts(elchi(case.body, case.url)))))
    return {
        name: {
            "all": summary([each for group in groups.values() for each in group]),
            "by_publisher": {publisher: summary(group) for publisher, group in sorted(groups.items())},
        }
        for name, groups in marks.items()
    }


def _read(case: Case, rules: Rules) -> Reading:
    try:
        read = read_page(Page(case.url or "", case.body, None, FETCHED_AT), rules)
    except NotReadable:
        return Reading()
    return Reading(read.text, read.title, read.published.day.isoformat() if read.published else None)


def _texts(found: Mapping[str, str | None]) -> dict[str, Any]:
    return {**found, "text": found.get("text") or ""}
