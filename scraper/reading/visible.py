"""The date that a reader sees: a line over or under the text, with a label, in an element named for it, or alone.

What stands in the page's top, menus, sidebars and footer is never taken: there it is today's date, another article's,
or a copyright. A bare date counts only beside the title; one with a label or a telling class anywhere around the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from scraper.reading.dates import WrittenDate, find_dates
from scraper.reading.markup import Element, squeeze
from scraper.reading.moments import Reckoning
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, phrases
from scraper.reading.stated import name_set
from scraper.reading.unsaid import unsaid

Label = Literal["modified", "published"]
Strength = Literal["labelled", "marked", "bare", "dateline", "apart", "unsaid", "aside"]
"""labelled: with words before it such as "published". marked: beside the title, in an element whose class names a date.
bare: beside the title, with neither. dateline: the body's first words, "Astana, 8 March 2024 –". apart: marked, and
elsewhere around the body. unsaid: beside the title, in what a script makes words of. aside: labelled "published", in a sidebar
or footer around the body."""

_LONGEST: Final = 240
_BEFORE_TITLE: Final = 4
_AFTER_TITLE: Final = 3
_BEFORE_BODY: Final = 8
_HEAD: Final = 12
"""Lines under the title that may be of it: a summary, a byline, buttons, a picture's."""
_BESIDE: Final = 6
_AFTER_BODY: Final = 12
_AROUND: Final = 14
_SPARE: Final = 60
"""Characters that a line may hold beside its date and still be a date line: a byline, a counter, a rubric."""
_SPARE_LABELLED: Final = 100
_SHORT: Final = 80
_YEAR: Final = re.compile(r"\d{4}")
_PARAGRAPH: Final = 100
_DATELINE: Final = 90
_PLACE: Final = re.compile(r"[^.!?:;]{0,45}(?:\.[^.!?:;]{0,15})?[\s,(./]*")
"""What may stand before a dateline's date: a place, an agency, a kind of text, no sentence."""
_DASH: Final = re.compile(r"\s?(?:г\.?|года)?\s?[)(./,|]{0,2}\s?(?:[-–—―|]+|\([^()]{2,30}\)\s?[-–—:.]|/[^/]{2,30}/)")
_LINK_SPARE: Final = 12
_BUTTON: Final = 40
"""Bytes of UTF-8 that a rubric's or a button's link has at most: a word in Chinese takes fewer characters."""
_DEEPEST: Final = 12
_CLASS_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CHROME: Final = frozenset({"top", "menu", "side", "foot", "crumbs"})
_ASIDE: Final = frozenset({"side", "foot"})
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
        """Whether a line stands beside the title, or over the body where no line shows the title."""
        if self.title_at is None:
            return self.first - _BEFORE_BODY <= index <= self.first + 1
        if self.title_at + _HEAD < index < self.first - _BEFORE_TITLE:  # a list that stands before the body
            return False
        after = max(self.first + 1, self.title_at + _AFTER_TITLE)
        return self.title_at - _BEFORE_TITLE <= index <= after

    def is_over(self, index: int) -> bool:
        """Whether a line stands over the title, where a page has its clock."""
        return index < (self.first if self.title_at is None else self.title_at)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date seen on the page. modified: whether its label or class spoke of a change."""

    written: WrittenDate
    strength: Strength
    modified: bool


def sightings(ground: Ground, reckoning: Reckoning) -> Iterator[Sighting]:
    """The dates in the lines around title and body: from the title down, then up from it, then under the body."""
    for index in _order(ground):
        line = ground.lines[index]
        if not ground.is_ours(index):
            yield from _aside(ground, index, reckoning)
            continue
        if (dateline := _dateline(line.text, reckoning)) and ground.is_near(index):
            yield Sighting(dateline, "dateline", modified=False)
        if len(line.text) > _LONGEST:
            continue
        before = ground.lines[index - 1].text if index else ""
        said = list(_in_line(line, before, reckoning))
        for sighting in said or (_unsaid(line, reckoning) if ground.is_near(index) else ()):
            if sighting.strength == "labelled":
                yield sighting
                continue
            # Over the title, a bare date of the fetch's own day is the page's clock. A date beside a link is another article's.
            is_clock = ground.is_over(index) and sighting.written.day >= reckoning.today
            if is_clock or (line.linked > 0.5 * len(line.text) and _has_headline(line.element, sighting.written.raw)):
                continue
            if ground.is_near(index):
                yield sighting
            elif sighting.strength == "marked":
                yield replace(sighting, strength="apart")


def _aside(ground: Ground, index: int, reckoning: Reckoning) -> Iterator[Sighting]:
    """What the sidebar or the footer around a text says of its publication. Beside a linked headline it is another article's."""
    line = ground.lines[index]
    if line.place not in _ASIDE or len(line.text) > _SPARE_LABELLED:
        return
    around = ground.lines[max(0, index - 1) : index + 2]
    if any(one.linked > 0.5 * len(one.text) and len(one.text.encode()) > _BUTTON for one in around):
        return
    before = ground.lines[index - 1].text if index else ""
    for sighting in _in_line(line, before, reckoning):
        if sighting.strength == "labelled":
            yield replace(sighting, strength="aside")


def _dateline(text: str, reckoning: Reckoning) -> WrittenDate | None:
    """The date that a paragraph opens with, after a place or an agency and before a dash: that of the news, as agencies write it."""
    if len(text) < _PARAGRAPH:
        return None
    rules, head = reckoning.rules, text[:_DATELINE]
    found = find_dates(head, language=reckoning.language, country=rules.country, calendar=rules.calendar)
    written = found[0] if found and found[0].precision not in {"month", "year"} else None
    if written is None or not _DASH.match(text, written.end):
        return None
    return written if _PLACE.fullmatch(text, 0, written.start) else None


def _has_headline(element: Element, raw: str) -> bool:
    """Whether what a line links to is long enough for a headline, and the date is no link itself: a permalink, or its day's archive."""
    texts = [squeeze(link.text_content()) for link in element.iter("a")]
    if any(raw in text and len(text) <= len(raw) + _LINK_SPARE for text in texts):
        return False
    return any(len(text.encode()) > _BUTTON for text in texts)


def _order(ground: Ground) -> list[int]:
    count, first, last = len(ground.lines), ground.first, ground.last
    start = ground.title_at if ground.title_at is not None else first
    down = range(start, min(first + 3 if first >= start else start + _AROUND, count))
    up = range(start - 1, max(-1, start - _AROUND), -1)
    over_body = range(first - 1, max(-1, first - 6), -1)
    under = range(last, min(last + _AFTER_BODY, count))
    return list(dict.fromkeys([*down, *up, *over_body, *under]))


def _in_line(line: Line, before: str, reckoning: Reckoning) -> Iterator[Sighting]:
    text, rules = line.text, reckoning.rules
    found = find_dates(text, language=reckoning.language, country=rules.country, calendar=rules.calendar)
    if (
        not found and len(text) <= _SHORT and _YEAR.search(text)
    ):  # a site's dates may be in another language than its news
        found = find_dates(text, country=rules.country, calendar=rules.calendar)
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
            yield Sighting(written, "labelled", modified=label == "modified")
        elif (
            len(days) <= 2
            and (spare <= _SPARE_LABELLED or line.heading == 1)
            and (mark := mark_of(line.element, written.raw))
        ):
            yield Sighting(written, "marked", modified=mark == "modified")
        elif len(days) <= 2 and spare <= _SPARE:
            yield Sighting(written, "bare", modified=False)


def _unsaid(line: Line, reckoning: Reckoning) -> Iterator[Sighting]:
    """The dates in the attributes and calls of a line without one in its words: "2 hours ago" or "8 March" to people."""
    for one in unsaid(line):
        written = reckoning.parse(one.text, relative=False)
        if written and written.precision not in {"month", "year"}:
            label = label_of(one.before) or _class_label(one.element)
            yield Sighting(written, "unsaid", modified=label == "modified")


def mark_of(element: Element, raw: str) -> Label | None:
    """What the class of the element around a date says of it: ``published`` or ``modified``, None where it says neither.

    element: that of the date's line; the innermost ones around the date decide. A class that says both is an old
    template's (hAtom had ``date updated`` on every post) and means the first.
    """
    around = [one for one in element.iter() if isinstance(one.tag, str) and _is_around(one, raw)][:_DEEPEST]
    for one in reversed(around):
        if label := _class_label(one):
            return label
    return None


def _class_label(element: Element) -> Label | None:
    words = _class_words(element)
    if words & name_set("classes", "published") or element.tag == "time":
        return "published"
    return "modified" if words & name_set("classes", "modified") else None


def _is_around(element: Element, raw: str) -> bool:
    text = squeeze("".join(element.itertext()))
    return raw in text and len(text) <= len(raw) + _SPARE_LABELLED


def _class_words(element: Element) -> set[str]:
    classes = f"{element.get('class') or ''} {element.get('id') or ''}"
    parts = [part.lower() for part in _CLASS_WORD.findall(classes)]
    return {*parts, *map("".join, pairwise(parts))}


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
