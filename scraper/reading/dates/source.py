"""What is known of the source that a date comes from, and decides how its numbers are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from scraper.reading.dates.lexicon import primary_subtag
from scraper.reading.model import Calendar


@dataclass(frozen=True, slots=True)
class Source:
    """language: BCP 47. country: ISO 3166-1 alpha-2. calendar: of bare numeric dates. now: aware, or None."""

    language: str | None
    country: str | None
    calendar: Calendar | None
    now: datetime | None

    @property
    def primary(self) -> str | None:
        """The language without script and territory."""
        return primary_subtag(self.language)

    @property
    def month_first(self) -> bool:
        """M/D/Y is written in the United States; a tag en-US proves it only where the country is not known."""
        if self.country:
            return self.country.upper() == "US"
        return bool(self.language and re.fullmatch(r"en[-_]us", self.language, re.IGNORECASE))
