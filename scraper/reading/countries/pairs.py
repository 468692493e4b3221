"""Countries named by one sign each, side by side: 中美, 日中韓, 한미. A sign alone stands in too many other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scraper.reading.countries.names import LETTERS, Endings, Name, spelt
from scraper.reading.countries.sense import Hit

_NO_ENDINGS = Endings("")


@dataclass(frozen=True, slots=True)
class Pairs:
    """names: by sign. pattern: two to four signs before a word that speaks of several countries."""

    names: dict[str, Name]
    pattern: re.Pattern[str]

    def hits(self, text: str) -> Iterator[Hit]:
        """A hit for each sign, with all of them as its words."""
        for match in self.pattern.finditer(text):
            if len(set(match.group())) > 1:
                yield from (Hit(match.start(), match.end(), self.names[sign], match.start()) for sign in match.group())


def pairs_of(raw: dict[str, Any], *, unspaced: bool) -> Pairs | None:
    """What a table's section [pairs] says; None where it has none. Between blanks the signs must begin a word."""
    if "pairs" not in raw:
        return None
    names = {
        spelt(each[0]): Name(each[1:], ((spelt(each[0]), ""),), _NO_ENDINGS) for each in raw["pairs"]["signs"].split()
    }
    after = "|".join(re.escape(spelt(each.strip())) for each in raw["pairs"]["after"].split(","))
    behind = spelt(raw["pairs"].get("not_behind", ""))
    begins = f"(?<![{behind}])" if behind else "" if unspaced else f"(?<!{LETTERS})"
    return Pairs(names, re.compile(rf"{begins}[{''.join(names)}]{{2,4}}(?=\s?(?:{after}))"))
