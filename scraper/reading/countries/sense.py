"""Whether words that could name a country do: not in a language's name, a person's, or where they are a common word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scraper.reading.countries.names import LETTERS, Name
from scraper.reading.dates.fold import Folded

_NEAR: Final = 60
"""Characters before or after in which the words are looked for that say what is meant."""
_WORD: Final = re.compile(rf"{LETTERS}+")
_NEXT: Final = re.compile(rf"[\s'\"()-]{{0,3}}({LETTERS}+)")
_STOPS: Final = re.compile(r"[.!?;:\n。！？؟]")


@dataclass(frozen=True, slots=True)
class Words:
    """Stems, folded, of what stands around a country. See docs/countries.md for each."""

    tongues_before: tuple[str, ...]
    tongues_after: tuple[str, ...]
    spoken: tuple[str, ...]
    states: tuple[str, ...]
    joiners: frozenset[str]
    places: frozenset[str]
    all_tongues: bool
    at_home: dict[str, frozenset[str]]
    surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Folded characters from start to end that are written as `name`, which begins after what is joined to its front: *ال*, *و*."""

    start: int
    end: int
    name: Name
    begins: int


@dataclass(frozen=True)
class Sight:
    """A text with all that is written like a country's name."""

    folded: Folded
    hits: list[Hit]
    words: Words

    def before(self, hit: Hit) -> list[str]:
        """The last three words before it in its sentence, the nearest last."""
        near = self.folded.text[max(0, hit.start - _NEAR) : hit.start]
        return _WORD.findall(_STOPS.split(near)[-1])[-3:]

    def after(self, hit: Hit) -> str:
        """The word directly after it, "" where punctuation comes first."""
        match = _NEXT.match(self.folded.text, hit.end)
        return match.group(1) if match else ""

    def capital(self, at: int) -> bool:
        """Whether a folded character stood as a capital."""
        return self.folded.original[self.folded.place(at)].isupper()

    @cached_property
    def joined(self) -> list[bool]:
        """Whether nothing but a comma or "and" stands between each hit and the one after it."""
        return [self._joins(one, other) for one, other in zip(self.hits, self.hits[1:], strict=False)] + [False]

    def _joins(self, one: Hit, other: Hit) -> bool:
        between = self.folded.text[one.end : other.start]
        if between == " " and self.ending(one) in self.words.joiners:  # Korean 인도와
            return True
        if len(between) > 12 or "\n" in between or "." in between:
            return False
        found = _WORD.findall(between)
        return all(word in self.words.joiners for word in found) and (
            bool(found) or between.strip() in {",", "-", "/", "、", "و", "&", "和", "与"}
        )

    def ending(self, hit: Hit) -> str:
        """What follows the stem of a name of one word."""
        stem = " ".join(stem for stem, _ in hit.name.parts)
        return self.folded.text[hit.begins + len(stem) : hit.end]


def meant(sight: Sight, own: str | None) -> Iterator[Hit]:
    """The hits that mean a country or a people of one, in order. own: the source's country, which has places of its own."""
    tongues = _tongues(sight)
    at_home = sight.words.at_home.get(own or "", frozenset())
    for index, hit in enumerate(sight.hits):
        if not hit.name.code or index in tongues:
            continue
        if hit.name.weak and not (_is_state(sight, index) or _is_proper(sight, hit)):
            continue
        if hit.name.parts[0][0] in at_home and not _is_state(sight, index):
            continue
        if hit.name.personal and _is_person(sight, hit):
            continue
        if hit.name.people and sight.ending(hit) in sight.words.surnames and sight.capital(hit.begins):  # Поляков
            continue
        yield hit


def _tongues(sight: Sight) -> set[int]:
    """Hits that name languages, and those in a row with them: "Chinese and French languages"."""
    found = {index for index, hit in enumerate(sight.hits) if _is_tongue(sight, hit)}
    for index in range(len(sight.hits) - 2, -1, -1):
        if index + 1 in found and sight.joined[index] and sight.hits[index].name.people:
            found.add(index)
    for index in range(1, len(sight.hits)):
        if index - 1 in found and sight.joined[index - 1] and _follows_tongue(sight, index):
            found.add(index)
    return found


def _follows_tongue(sight: Sight, index: int) -> bool:
    """A people after a language in a row, without a noun of its own: "in French and German."."""
    hit = sight.hits[index]
    return hit.name.people and _NEXT.match(sight.folded.text, hit.end) is None


def _is_tongue(sight: Sight, hit: Hit) -> bool:
    words, text = sight.words, sight.folded.text
    if not (hit.name.people or words.all_tongues):
        return False
    if words.tongues_after and text[hit.end : hit.end + _NEAR].lstrip(" -'").startswith(words.tongues_after):
        return True
    if hit.name.open:
        return text[max(0, hit.start - _NEAR) : hit.start].endswith(words.tongues_before)
    if not (words.tongues_before or words.spoken):
        return False
    last = "".join(sight.before(hit)[-1:])
    return last.startswith(words.tongues_before) or (last in words.spoken and _alone(sight, hit))


def _alone(sight: Sight, hit: Hit) -> bool:
    following = sight.after(hit)
    return not following or following in sight.words.joiners


def _is_state(sight: Sight, index: int) -> bool:
    """Whether the words around it speak of states, or it stands in a row of countries."""
    hit, states = sight.hits[index], sight.words.states
    if sight.after(hit).startswith(states) or any(word.startswith(states) for word in sight.before(hit)):
        return True
    return any(_is_sure(sight.hits[other].name) for other in _neighbours(sight, index))


def _is_proper(sight: Sight, hit: Hit) -> bool:
    """Whether a word that is common otherwise is written as a name: a capital inside a sentence, an apostrophe after it (Mısır'ın)."""
    if not hit.name.capital or hit.name.personal:
        return False
    if hit.name.capital == 2:
        return not _among_capitals(sight, hit)
    return sight.folded.text[hit.end : hit.end + 1] == "'" or _is_capital_inside(sight, hit)


def _is_sure(name: Name) -> bool:
    """Whether a row with it is one of countries: not of persons, not of peoples."""
    return bool(name.code) and not name.people and not (name.personal and name.weak)


def _neighbours(sight: Sight, index: int) -> Iterator[int]:
    if sight.joined[index]:
        yield index + 1
    if index and sight.joined[index - 1]:
        yield index - 1


def _is_capital_inside(sight: Sight, hit: Hit) -> bool:
    if not sight.before(hit) or not sight.capital(hit.begins):
        return False
    match = re.search(rf"({LETTERS}+)[\s,'\"(-]{{1,3}}$", sight.folded.text[max(0, hit.start - _NEAR) : hit.start])
    if match is None:
        return False
    start = max(0, hit.start - _NEAR) + match.start(1)
    return not sight.capital(start) and not _shouted(sight, hit)


def _shouted(sight: Sight, hit: Hit) -> bool:
    first, last = sight.folded.span(hit.start, hit.end)
    return sight.folded.original[first:last].isupper()


def _among_capitals(sight: Sight, hit: Hit) -> bool:
    """Whether a word beside an abbreviation is in capitals, too: "JOIN US TODAY"."""
    first, last = sight.folded.span(hit.start, hit.end)
    original = sight.folded.original
    words = (*original[max(0, first - _NEAR) : first].split()[-1:], *original[last : last + _NEAR].split()[:1])
    return any(sum(map(str.isalpha, word)) > 1 and word.isupper() for word in words)


def _is_person(sight: Sight, hit: Hit) -> bool:
    """Whether a name stands beside another that begins with a capital, with no word of place before it and none of states beside it."""
    text, before = sight.folded.text, sight.before(hit)[-1:]
    following = _NEXT.match(text, hit.end) if text[hit.end : hit.end + 1] == " " else None
    after = following.group(1) if following else ""
    if before and (before[0] in sight.words.places or before[0].startswith(sight.words.states)):
        return False
    if after and after.startswith(sight.words.states):
        return False
    if following and sight.capital(following.start(1)):
        return True
    close = bool(before) and text[hit.start - 1] == " " and text[: hit.start - 1].endswith(before[0])
    return close and sight.capital(hit.start - 1 - len(before[0]))
