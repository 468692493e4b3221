"""The countries that a page names, in any of our languages: tables/ holds the words, which a speaker can mend."""

from __future__ import annotations

from scraper.reading.countries.find import find_countries, told_countries

__all__ = ["find_countries", "told_countries"]
