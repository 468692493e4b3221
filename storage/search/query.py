"""What a person searches for: words and filters, and the small language that the words are written in.

All words are wanted. "Several words" stand side by side. OR stands between two things of which one is enough, and binds closer
than what stands beside it. NOT, or a hyphen right before, takes away. A star at the end finds every word that begins so.
Parentheses hold things together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.errors import QueryError
from storage.search.folding import fold, joined_affix
from storage.search.tree import And, Node, Not, Or, Phrase, Prefix, Term

DEEPEST = 20
"""Parentheses, or NOT, within one another."""

LONGEST_QUERY = 2000
"""Characters. Each word asks for up to twenty terms."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search. Filters that are None do not filter; without words, everything that passes them is found, newest first.

    language: BCP 47; a tag finds its narrower ones too (``uz`` finds ``uz-Cyrl``). source: slug. country: ISO 3166-1 alpha-2, of the
    institution. kind: as the article's. since, until: the published day, both included; an article without a date is then not found.
    order: date is newest first, the undated last.
    """

    words: str = ""
    language: str | None = None
    source: str | None = None
    country: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20
    offset: int = 0
    order: Literal["relevance", "date"] = "relevance"

    def __post_init__(self) -> None:
        """Refuse what cannot be meant. Raises `QueryError`."""
        if self.limit < 0 or self.offset < 0:
            raise QueryError(f"Limit {self.limit}, offset {self.offset}: neither can be less than 0.")
        if self.since and self.until and self.since > self.until:
            raise QueryError(
                f"The search begins on {self.since} and ends before that, on {self.until}. Change the two over."
            )

    def tree(self) -> Node | None:
        """What the words mean; None without words. Raises `QueryError`."""
        return parse_query(self.words) if self.words.strip() else None


def parse_query(words: str) -> Node:
    """What the words mean. Raises `QueryError`, which says at which character (from 1) and what would be right."""
    if len(words) > LONGEST_QUERY:
        raise QueryError(f"The search has {len(words)} characters, more than {LONGEST_QUERY}. Leave some words out.")
    parser = _Parser(words)
    node = parser.group()
    if parser.kind == ")":
        raise parser.error("this parenthesis closes nothing. Remove it, or open one before.")
    if node is None:
        raise QueryError("There is no word to search for. Type at least one letter or digit.")
    return node


_PIECE = re.compile(
    r"""\s*(?: (?P<minus>-(?=[^\s)-])) | (?P<quote>["“”„«»]) | (?P<bracket>[()]) | (?P<word>[^\s"“”„«»()]+) | (?P<end>\Z) )""",
    re.VERBOSE,
)
_CLOSING = {'"': '"', "«": "»", "»": "«", "“": "”“", "”": "”", "„": "“”"}
_OPERATORS = {"AND", "OR", "NOT", "(", ")"}


class _Parser:
    """One pass over the words. `kind` and `text` are of the piece in hand, which stands from `at` to `_after`."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._depth = 0
        self._move_to(0)

    def error(self, message: str, at: int | None = None) -> QueryError:
        return QueryError(f"Character {(self.at if at is None else at) + 1} of the search: {message}")

    def group(self) -> Node | None:
        """What stands up to the end or a closing parenthesis; None if there is no letter in it."""
        begin, parts = self.at, list[Node]()
        while self.kind not in {"end", ")"}:
            if self.kind == "OR" or (self.kind == "AND" and self.at == begin):
                raise self._lonely()
            if self.kind == "AND":
                self._step_over_operator()
            if (part := self._alternatives()) is not None:
                parts.append(part)
        if parts and all(isinstance(part, Not) for part in parts):
            raise self.error("NOT alone finds nothing. Add a word that should be there: visit NOT tourism.", begin)
        return _all_of(parts)

    def _alternatives(self) -> Node | None:
        begin, parts = self.at, [self._one()]
        while self.kind == "OR":
            self._step_over_operator()
            parts.append(self._one())
        if len(parts) > 1 and any(isinstance(part, Not) for part in parts):
            raise self.error(
                "NOT cannot be one of two alternatives. Set it beside them: (visit OR mission) NOT tourism.", begin
            )
        found = tuple(part for part in parts if part is not None)
        return Or(found) if len(found) > 1 else next(iter(found), None)

    def _one(self) -> Node | None:
        kind, text, at = self.kind, self.text, self.at
        if kind == "quote":
            return self._phrase()
        self._move_to(self._after)
        if kind == "word":
            return self._word(text, at)
        if self._depth >= DEEPEST:
            raise self.error(f"more than {DEEPEST} parentheses or NOT within one another. Take some out.", at)
        self._depth += 1
        node = self._negated(at) if kind == "NOT" else self._parenthesis(at)
        self._depth -= 1
        return node

    def _phrase(self) -> Node | None:
        begin, closing = self.at + 1, _CLOSING[self.text]
        end = next((place for place in range(begin, len(self._words)) if self._words[place] in closing), None)
        if end is None:
            raise self.error(f"this quotation mark is not closed. Add {closing[0]} where the phrase ends.")
        self._move_to(end + 1)
        return Phrase(self._words[begin:end]) if fold(self._words[begin:end]) else None

    def _word(self, text: str, at: int) -> Node | None:
        begins, star, rest = text.partition("*")
        if not star:
            return Term(text) if fold(text) else None
        if not fold(begins):
            raise self.error("a star needs the beginning of a word before it: univers*.", at)
        if rest.strip("*"):
            raise self.error("a star can only end a word: univers*.", at + len(begins))
        return Prefix(begins)

    def _negated(self, at: int) -> Node | None:
        if self.kind in {"end", ")", "AND", "OR"}:
            raise self.error("NOT stands before the word that should not be there, as in: visit NOT tourism.", at)
        part = self._one()
        return None if part is None else Not(part)

    def _parenthesis(self, at: int) -> Node | None:
        node = self.group()
        if self.kind != ")":
            raise self.error("this parenthesis is not closed. Add ) where it ends.", at)
        self._move_to(self._after)
        return node

    def _step_over_operator(self) -> None:
        operator = self._lonely()
        self._move_to(self._after)
        if self.kind in {"end", ")", "AND", "OR"}:
            raise operator

    def _lonely(self) -> QueryError:
        word = self.kind
        return self.error(
            f'{word} stands between two words: "visit {word} mission". In small letters it is a word like any other.'
        )

    def _move_to(self, place: int) -> None:
        match = _PIECE.match(self._words, place)
        assert match is not None
        assert match.lastgroup is not None
        self.at, self._after = match.span(match.lastgroup)
        self.text = match.group(match.lastgroup)
        self.kind = "NOT" if match.lastgroup == "minus" else self.text if self.text in _OPERATORS else match.lastgroup


def _all_of(parts: list[Node]) -> Node | None:
    """The parts together. A Persian affix written apart is also looked for joined to its word."""
    together: list[Node] = []
    for part in parts:
        joined = _joined(together[-1], part) if together else None
        together[-1:] = [joined] if joined else [*together[-1:], part]
    return And(tuple(together)) if len(together) > 1 else next(iter(together), None)


def _joined(first: Node, second: Node) -> Node | None:
    if not isinstance(first, Term) or not isinstance(second, Term):
        return None
    joined = joined_affix(fold(first.text), fold(second.text))
    return Or((And((first, second)), Term(joined))) if joined else None
