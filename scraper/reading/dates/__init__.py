"""Dates as people write them: found in running text, parsed from a short one, or read from an address.

Pure: no network, no clock, no disk but the tables of words, which are read when they are first needed.
"""

from scraper.reading.dates.find import find_dates, parse_date
from scraper.reading.dates.url import date_in_url
from scraper.reading.dates.written import WrittenDate

__all__ = ["WrittenDate", "date_in_url", "find_dates", "parse_date"]
