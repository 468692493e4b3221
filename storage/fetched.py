"""What comes in to be saved: a server's answer as it was kept, and what a reader made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from storage.warc import CaptureRef


class Dated(Protocol):
    """A date that a page states of itself; see scraper/reading/model.py."""

    @property
    def day(self) -> date: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def raw(self) -> str: ...
    @property
    def calendar(self) -> str: ...
    @property
    def precision(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class Named(Protocol):
    """A country that a page names; see scraper/reading/model.py."""

    @property
    def code(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


class Readable(Protocol):
    """What a reader made of a capture; see scraper/reading/model.py."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def byline(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def published(self) -> Dated | None: ...
    @property
    def canonical_url(self) -> str | None: ...
    @property
    def images(self) -> Sequence[str]: ...
    @property
    def markdown(self) -> str: ...
    @property
    def countries(self) -> Sequence[Named]: ...
    @property
    def why(self) -> dict[str, str]: ...
    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a server, as kept. url: what was asked, after redirects.

    addresses: every address of the page on the way, the final one last; none where a JSON record was asked in the page's stead.
    """

    url: str
    addresses: tuple[str, ...]
    fetched_at: datetime
    status: int
    content_type: str | None
    ref: CaptureRef
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NextVisits:
    """When a page should be seen again, if it was found changed, or not."""

    if_changed: datetime | None
    if_unchanged: datetime | None
