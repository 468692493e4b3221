"""``python -m benchmarks.countries [--json]``: how well the countries that a text names are found, and what that costs.

679 sentences of our own, half of them kept aside when the tables were made, beside two plain ways: English names searched for, as with
pycountry, and CLDR's names in the sentence's language.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Literal

from babel import Locale, UnknownLocaleError

from scraper.reading.countries import find_countries
from scraper.reading.countries.table import table_for

Half = Literal["tuning", "aside", "later"]
HALVES: tuple[Half, ...] = ("tuning", "aside", "later")
"""Two halves, and what was written when both were done, to see what neither had thought of."""
SENTENCES = Path(__file__).with_name("country_sentences")
PAGE = 3000
"""Characters of the text that cost is measured on."""
_UNSPACED = frozenset(["zh", "ja", "th"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """language: BCP 47. own: the source's country. codes: ISO 3166-1 alpha-2 of those to be found, in order."""

    language: str
    own: str
    codes: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Countries found rightly, wrongly, and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def to_json(self) -> dict[str, float]:
        """Counts and shares."""
        shares = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return {"right": self.right, "wrong": self.wrong, "missed": self.missed, **shares}


def sentences(half: Half) -> list[Sentence]:
    """The sentences of one half, in order."""
    lines = (SENTENCES / f"{half}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Sentence(language, own, tuple(codes.split()), text) for language, own, codes, text in rows]


def ours(sentence: Sentence) -> set[str]:
    """What Elchi finds."""
    return {country.code for country in find_countries(None, sentence.text, sentence.language, sentence.own)}


def english_names(sentence: Sentence) -> set[str]:
    """What a search for English names finds."""
    return _named(sentence.text, "en") - {sentence.own}


def cldr_names(sentence: Sentence) -> set[str]:
    """What a search for CLDR's names in the sentence's language finds."""
    return _named(sentence.text, sentence.language) - {sentence.own}


def _named(text: str, language: str) -> set[str]:
    border = "" if language in _UNSPACED else r"\b"
    return {code for code, name in _territories(language) if re.search(f"{border}{re.escape(name)}{border}", text)}


@cache
def _territories(language: str) -> tuple[tuple[str, str], ...]:
    try:
        names = Locale.parse(language, sep="-").territories
    except UnknownLocaleError:
        return ()
    return tuple((code, name) for code, name in names.items() if len(code) == 2)


WAYS: dict[str, Callable[[Sentence], set[str]]] = {
    "elchi": ours,
    "English names": english_names,
    "CLDR names": cldr_names,
}


def score(told: Sequence[Sentence], find: Callable[[Sentence], set[str]]) -> Score:
    """All countries of all sentences together."""
    right = wrong = missed = 0
    for sentence in told:
        found, expected = find(sentence), set(sentence.codes)
        right, wrong, missed = (
            right + len(found & expected),
            wrong + len(found - expected),
            missed + len(expected - found),
        )
    return Score(right, wrong, missed)


def mistakes(told: Sequence[Sentence]) -> Iterator[tuple[Sentence, set[str]]]:
    """The sentences that Elchi reads otherwise than they should be, with what it finds."""
    return ((each, found) for each in told if (found := ours(each)) != set(each.codes))


def milliseconds(language: str) -> float:
    """CPU of one page of news that is made of nothing but the language's sentences: more names than any page has."""
    text = " ".join(each.text for half in HALVES for each in sentences(half) if each.language == language)
    text = (text * (PAGE // len(text) + 1))[:PAGE]
    table_for(language)
    return median(_once(text, language) for _ in range(9))


def _once(text: str, language: str) -> float:
    began = process_time()
    find_countries(None, text, language, None)
    return 1000 * (process_time() - began)


def measure() -> dict[str, Any]:
    """Scores by half and way, Elchi's by language, its mistakes, and its cost."""
    halves = {half: sentences(half) for half in HALVES}
    languages = list(dict.fromkeys(each.language for each in halves["tuning"]))
    return {
        "halves": {
            half: {name: score(told, find).to_json() for name, find in WAYS.items()} for half, told in halves.items()
        },
        "languages": {
            language: {
                **{
                    half: score([each for each in told if each.language == language], ours).to_json()
                    for half, told in halves.items()
                },
                "milliseconds_a_page": round(milliseconds(language), 2),
            }
            for language in languages
        },
        "mistakes": [
            {"half": half, "text": each.text, "expected": each.codes, "found": sorted(found)}
            for half, told in halves.items()
            for each, found in mistakes(told)
        ],
    }


def _print(results: dict[str, Any]) -> None:
    for half, ways in results["halves"].items():
        print(f"{half:12}{'precision':>10}{'recall':>10}{'F1':>10}")
        for name, one in ways.items():
            print(f"  {name:16}{one['precision']:>4.3f}{one['recall']:>10.3f}{one['f1']:>10.3f}")
    print(f"\n{'language':12}{'tuning F1':>10}{'aside F1':>10}{'later F1':>10}{'ms a page':>11}")
    for language, one in results["languages"].items():
        f1 = "".join(f"{one[half]['f1']:>10.3f}" if one[half]["right"] else f"{'':>10}" for half in HALVES)
        print(f"{language:12}{f1}{one['milliseconds_a_page']:>11.2f}")
    for each in results["mistakes"]:
        expected, found = (" ".join(each[which]) or "none" for which in ("expected", "found"))
        print(f"\n{each['half']}: {expected} expected, {found} found\n  {each['text']}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.countries", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    asked = parser.parse_args()
    results = measure()
    print(json.dumps(results, ensure_ascii=False)) if asked.json else _print(results)


if __name__ == "__main__":
    main()
