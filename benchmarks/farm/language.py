"""What a site says in its language: sentences of our own with open places, filled at random but the same for the same seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import jdatetime

WORDS = Path(__file__).parent / "words"
TAGS = ("en", "ru", "fa", "uz", "kk", "tr", "ar", "zh")
"""BCP 47 tags of the farm's languages, in the order in which sites take them."""

RIGHT_TO_LEFT = frozenset({"fa", "ar"})
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SLOTS = ("partner", "field", "event", "person", "place")
PARAGRAPHS = (4, 12)
SENTENCES = (2, 6)


@dataclass(frozen=True)
class Language:
    """The words of one language; see the files in ``words/``. tag: BCP 47."""

    tag: str
    words: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """A word, or a list of them."""
        return self.words[name]

    @property
    def is_right_to_left(self) -> bool:
        """Whether its script runs from right to left."""
        return self.tag in RIGHT_TO_LEFT

    def say_date(self, day: date) -> str:
        """A date as people write it in the language, in the calendar that they count in."""
        year, month, of_month = day.year, day.month, day.day
        if self.words.get("calendar") == "persian":
            persian = jdatetime.date.fromgregorian(date=day)
            year, month, of_month = persian.year, persian.month, persian.day
        said = str(self["date"]).format(day=of_month, month=self["months"][month - 1], year=year, number_of_month=month)
        return said.translate(PERSIAN_DIGITS) if self.tag == "fa" else said

    def make_title(self, random: Random) -> str:
        """A headline."""
        return self._fill(random, random.choice(self["titles"]))

    def make_paragraphs(self, random: Random) -> tuple[str, ...]:
        """The text of an article: 4 to 12 paragraphs of 2 to 6 sentences."""
        joiner = "" if self.tag == "zh" else " "
        return tuple(
            joiner.join(
                self._fill(random, words) for words in random.sample(self["sentences"], random.randint(*SENTENCES))
            )
            for _ in range(random.randint(*PARAGRAPHS))
        )

    def make_name(self, random: Random) -> str:
        """What an institution is called."""
        return self._fill(random, self["name"])

    def _fill(self, random: Random, words: str) -> str:
        chosen = {slot: random.choice(self[slot]) for slot in SLOTS}
        filled = words.format(
            **chosen,
            count=random.randint(12, 980),
            number=random.randint(2, 11),
            day=random.randint(1, 28),
            month=random.choice(self["months"]),
        )
        return filled.translate(PERSIAN_DIGITS) if self.tag == "fa" else filled


@cache
def language(tag: str) -> Language:
    """The language of a tag, read once."""
    return Language(tag, tomllib.loads((WORDS / f"{tag}.toml").read_text("utf-8")))
