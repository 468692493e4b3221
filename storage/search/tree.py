"""What the words of a search mean, as a tree. Every node is hashable and keeps the words as they were typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms. Several words in one (``covid-19``) stand side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, as they stand but for folding."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with the text."""

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts. At least one is no `Not`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts is enough. None is a `Not`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Takes away from the `And` it stands in."""

    part: Node


Node = Term | Phrase | Prefix | And | Or | Not
