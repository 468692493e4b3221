"""The countries that a text names, in its language, apart from the source's own."""

from __future__ import annotations

from typing import Final

from scraper.reading.countries.scan import scan
from scraper.reading.countries.sense import Sight, meant
from scraper.reading.countries.table import table_for
from scraper.reading.dates.fold import fold
from scraper.reading.model import Country, Told

MOST_CHARACTERS: Final = 200_000
"""Of title and text that are read; news are shorter, and a longer text names its countries before."""
MOST_WORDS: Final = 8
"""Different spellings that are kept of one country."""


def find_countries(title: str | None, text: str, language: str | None, own: str | None) -> tuple[Country, ...]:
    """The countries that title and text name, in the order of their first words, without the source's own.

    language: of the text, BCP 47; None is read as English. own: ISO 3166-1 alpha-2 of the source, None where it is not known.
    What counts as naming a country is in docs/countries.md.
    """
    table = table_for(language)
    folded = fold(f"{title or ''}\n{text[:MOST_CHARACTERS]}"[:MOST_CHARACTERS])
    sight = Sight(folded, scan(folded, table), table.words)
    words: dict[str, dict[str, None]] = {}
    for hit in meant(sight, own):
        if hit.name.code and hit.name.code != own:
            first, last = folded.span(hit.begins, hit.end)
            words.setdefault(hit.name.code, {})[" ".join(folded.original[first:last].split())] = None
    return tuple(Country(code, tuple(found)[:MOST_WORDS]) for code, found in words.items())


def told_countries(countries: tuple[Country, ...]) -> Told[tuple[Country, ...]] | None:
    """The countries with the words they were read from, None where there are none."""
    if not countries:
        return None
    return Told(countries, "; ".join(f"{each.code}: {', '.join(each.words)}" for each in countries))
