"""The people that a short text names: without "By", roles, accounts, addresses and dates. The words are in bylines.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from scraper.reading.markup import squeeze
from scraper.reading.phrases import fold, phrases

Group = Literal["before", "label", "role", "account", "desk", "and"]

LONGEST: Final = 300
"""Characters of a text beyond which it is no list of names."""
_LONGEST_NAME: Final = 50
_MOST_WORDS: Final = 5
_MOST_NAMES: Final = 20
_BRACKETS: Final = re.compile(r"\s*[(\[（【][^)\]）】]{0,80}[)\]）】]?")
_ADDRESS: Final = re.compile(r"\S*@\S+|https?:\S+|www\.\S+")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}(?:/\S*)?")
_LISTED: Final = re.compile(r"\s*[,;،؛、；，|•·]\s*|\s+[-–—/]\s+")
_DATED: Final = re.compile(
    r"\s+(?:on|at|am|um|vom|le|el|em|il|updated|published)\s.*|[^\W\d]+\.?\s(?:\d{1,2},?\s)?\d{4}(?![\d./-]).*|\d.*"
)
"""A date and what stands behind it, with the month where that comes first."""
_PARTICLES: Final = frozenset(
    "al el bin ibn ben van von der den de la du des da dos di del della zu zur ter y e i af".split()  # noqa: SIM905 (a list takes a screen)
)
_CASELESS: Final = re.compile(r"[\u0590-\u08ff\u0900-\u0eff\u10d0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_HAN: Final = 8
_JOINS: Final = re.compile(r"[\W_]+")
_VARIANTS: Final = str.maketrans("يىك", "ییک")


@cache
def words(group: Group) -> frozenset[str]:
    """Every phrase of a group in all languages, folded."""
    return frozenset(map(fold, _phrases(group)))


def people(text: str) -> list[str]:
    """The names in a text that is stated to be an author's."""
    return _named(text, strict=False)


def people_of_line(text: str) -> list[str]:
    """The names of a line that stands where authors stand: those that are written as people's names are."""
    return _named(text, strict=True)


def people_behind_label(text: str) -> list[str]:
    """The names in a line that begins with "By" or "Author:". Empty for any other line."""
    match = _label().match(text.translate(_VARIANTS)) if len(text) <= LONGEST else None
    return _named(text[match.end() :], strict=True) if match else []


def is_desk(name: str) -> bool:
    """Whether a name is an office's, an agency's or a house's."""
    folded = f" {_JOINS.sub(' ', fold(name))} "
    return any((desk if _CASELESS.search(desk) else f" {desk} ") in folded for desk in words("desk"))


def is_label(text: str) -> bool:
    """Whether a line is but the label over an author's name."""
    folded = fold(text).strip(" :：")
    return folded in words("label") | words("before")


def _named(text: str, *, strict: bool) -> list[str]:
    if len(text) > LONGEST:
        return []
    text = _ADDRESS.sub(" ", _BRACKETS.sub(" ", text))
    if strict:
        text = _DATED.sub("", text, count=1)
    found: list[str] = []
    for part in _LISTED.split(_and().sub(", ", text))[:_MOST_NAMES]:
        name = _without_role(_without_label(squeeze(part)).strip(" .:*\"'）／】』」|"))
        if _is_name(name) and (_is_written_as_name(name) or not (strict or (found and " " in name))):
            found.append(name)
        elif strict and found:
            break
    return list(dict.fromkeys(found))


def _without_label(text: str) -> str:
    match = _label().match(text.translate(_VARIANTS))
    return text[match.end() :] if match else text


def _without_role(name: str) -> str:
    """A name without the role beside it that no sign sets off, as Korean has it behind and Chinese before the name."""
    head, _, last = name.rpartition(" ")
    if head and _CASELESS.search(last) and fold(last) in words("role"):
        return head
    before = next((role for role in words("role") if _HAN.match(role) and name.startswith(role)), "")
    return name[len(before) :].strip() or name


def _is_name(name: str) -> bool:
    folded = fold(name)
    if not 1 < len(name) <= _LONGEST_NAME or len(name.split()) > _MOST_WORDS or not any(map(str.isalpha, name)):
        return False
    return folded not in _no_names() and _HOST.fullmatch(name) is None


def _is_written_as_name(name: str) -> bool:
    if any(map(str.isdigit, name)) or not _roles().isdisjoint(fold(name).split()):
        return False
    if han := _HAN.findall(name):
        return len("".join(han)) <= _LONGEST_HAN
    if _CASELESS.search(name):
        return len(name.split()) < _MOST_WORDS
    parts = name.split()
    return parts[0][:1].isupper() and all(
        part[:1].isupper() or part in _PARTICLES or part[1:2] in {"'", "’"} for part in parts
    )


@cache
def _no_names() -> frozenset[str]:
    """What is never a name where it stands alone."""
    groups: tuple[Group, ...] = ("role", "account", "label", "before", "and")
    return frozenset().union(*map(words, groups), phrases("chrome"))


@cache
def _roles() -> frozenset[str]:
    """Words that no name has: roles, and what stands before a date."""
    return words("role") | phrases("published") | phrases("modified")


@cache
def _label() -> re.Pattern[str]:
    """Matches a label at a line's beginning: "By" with or without a colon, "Author" with one."""
    before, label = (_alternatives(_phrases(group)) for group in ("before", "label"))
    return re.compile(rf"\W{{0,3}}(?:(?:{before})(?:\s*[:：]\s*|\s+)|(?:{label})\s*[:：/]\s*)", re.IGNORECASE)


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_alternatives(_phrases('and'))})\s+|\s*[&＆]\s*")


def _alternatives(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text.translate(_VARIANTS)) for text in sorted(texts, key=len, reverse=True))


def _phrases(group: Group) -> list[str]:
    table = _table()[group]
    return [word for language in table.values() for word in language]


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("scraper.reading").joinpath("bylines.toml").read_text("utf-8"))
