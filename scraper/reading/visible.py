"""The date that a reader sees: a line over or under the text, with a label or alone.

What stands in the page's top, menus, sidebars and footer is never taken: there it is today's date, another article's,
or a copyright. A bare date counts only beside the title; a labelled one anywhere around the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from scraper.reading.dates import WrittenDate, find_dates
from scraper.reading.moments import Reckoning
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, phrases

Label = Literal["modified", "published"]

_LONGEST: Final = 240
_BEFORE_TITLE: Final = 4
_BESIDE: Final = 6
_AFTER_BODY: Final = 8
_AROUND: Final = 14
_SPARE: Final = 60
"""Characters that a line may hold beside its date and still be a date line: a byline, a counter, a rubric."""
_SPARE_LABELLED: Final = 100
_CHROME: Final = frozenset({"top", "menu", "side", "foot", "crumbs"})
_EDGE: Final = " \t:：|,،;-–—·•/()[]"


@dataclass(frozen=True, slots=True)
class Ground:
    """The lines among which a page's date is sought. title_at: the title's line. first, last: the body's lines."""

    lines: tuple[Line, ...]
    title_at: int | None
    first: int
    last: int

    def is_ours(self, index: int) -> bool:
        """Whether a line is the article's: not in chrome, or in what the title itself stands in, or right under the title."""
        place = self.lines[index].place
        if place not in _CHROME:
            return True
        if self.title_at is None:
            return False
        beside = place == self.lines[self.title_at].place and abs(index - self.title_at) <= _BESIDE
        return beside or (place == "foot" and self.title_at < index < self.first)

    def is_near(self, index: int) -> bool:
        """Whether a line stands beside the title or at the head of the body."""
        return (
            self.title_at is not None and self.title_at - _BEFORE_TITLE <= index <= max(self.first, self.title_at) + 1
        )


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date seen on the page. labelled: whether a label stood before it. modified: whether that spoke of a change."""

    written: WrittenDate
    labelled: bool
    modified: bool


def sightings(ground: Ground, reckoning: Reckoning) -> Iterator[Sighting]:
    """The dates in the lines around title and body: from the title down, then up from it, then under the body."""
    for index in _order(ground):
        line = ground.lines[index]
        if len(line.text) > _LONGEST or not ground.is_ours(index):
            continue
        before = ground.lines[index - 1].text if index else ""
        bare_counts = ground.is_near(index) and line.linked <= 0.5 * len(line.text)
        over_title = ground.title_at is not None and index < ground.title_at
        for sighting in _in_line(line.text, before, reckoning):
            # Over the title, a bare date of the fetch's own day is the page's clock.
            is_clock = over_title and sighting.written.day >= reckoning.today
            if sighting.labelled or (bare_counts and not is_clock):
                yield sighting


def _order(ground: Ground) -> list[int]:
    count, first, last = len(ground.lines), ground.first, ground.last
    start = ground.title_at if ground.title_at is not None else first
    down = range(start, min(first + 3 if first >= start else start + _AROUND, count))
    up = range(start - 1, max(-1, start - _AROUND), -1)
    over_body = range(first - 1, max(-1, first - 6), -1)
    under = range(last, min(last + _AFTER_BODY, count))
    return list(dict.fromkeys([*down, *up, *over_body, *under]))


def _in_line(text: str, before: str, reckoning: Reckoning) -> Iterator[Sighting]:
    rules = reckoning.rules
    found = find_dates(text, language=reckoning.language, country=rules.country, calendar=rules.calendar)
    days = [written for written in found if written.precision not in {"month", "year"}]
    spare = len(text) - sum(written.end - written.start for written in days)
    since = 0
    for group in _same_days(days):
        words = text[since : group[0].start]
        starts_line = since == 0 and not words.strip(_EDGE)
        label = label_of(words) or (label_of(before) if starts_line and len(before) < 40 else None)
        since = group[-1].end
        written = next((one for one in group if one.calendar == (rules.calendar or "gregorian")), group[0])
        if label and spare <= _SPARE_LABELLED:
            yield Sighting(written, labelled=True, modified=label == "modified")
        elif spare <= _SPARE and len(days) <= 2:
            yield Sighting(written, labelled=False, modified=False)


def _same_days(days: list[WrittenDate]) -> list[list[WrittenDate]]:
    """The dates in order, neighbours together that are one day in two calendars: a sighted moon may be a day off."""
    groups: list[list[WrittenDate]] = []
    for written in days:
        last = groups[-1][-1] if groups else None
        if last and last.calendar != written.calendar and abs((last.day - written.day).days) <= 1:
            groups[-1].append(written)
        else:
            groups.append([written])
    return groups


def label_of(text: str) -> Label | None:
    """Which label, ``published`` or ``modified``, the words right before a date end in, None for neither."""
    folded = fold(text).strip(_EDGE)
    if not folded or len(folded) > 120:
        return None
    groups: tuple[Label, ...] = ("modified", "published")
    return next((group for group in groups if any(_ends_in(folded, phrase) for phrase in phrases(group))), None)


def _ends_in(folded: str, phrase: str) -> bool:
    if not folded.endswith(phrase):
        return False
    before = folded[: -len(phrase)]
    return not before or not before[-1].isalnum() or (not phrase.isascii() and len(phrase) > 3)
