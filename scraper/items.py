"""What the spider hands to the pipelines: names of captures, never their bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from scraper.reading.model import Found, Reading, Rules
from storage.archive import Fetched, NextVisits


@dataclass(slots=True)
class CapturedPage:
    """A page that was fetched and lies in the WARC.

    page_url: its address in the frontier. is_known: it was fetched before.
    rules, found: what the catalogue and discovery know of it. visits: when to see it again. retry_at: when, if it could not be read.
    site_repeats_id: which version of the lines that the site repeats stands in `rules`, None for none.
    reading: what the reader made of it, once the first pipeline has asked; failure: why there is none.
    """

    source: str
    page_url: str
    fetched: Fetched
    rules: Rules
    found: Found
    visits: NextVisits
    retry_at: datetime
    is_known: bool = False
    site_repeats_id: int | None = None
    reading: Reading | None = field(default=None)
    failure: tuple[str, str] | None = field(default=None)
