"""On which line of a TOML text each key and each element of a list stands.

The standard library's parser forgets lines. This small scan finds them again; it trusts that the text has been parsed
and holds no mistake of form, so it need not understand more than where a value ends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Place = tuple[str | int, ...]
"""The way to a value, from the top: keys, and positions in lists counted from 0."""

_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<end>\n)|(?P<blank>[ \t\r]+|\#[^\n]*)|(?P<sign>[\[\]{}=,])|(?P<bare>[^\s\[\]{}=,\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[Place, int]:
    """The line, counted from 1, of every table, key and list element in a TOML text that parses."""
    return _Scan(text).places


def line_of(places: dict[Place, int], place: Place) -> int | None:
    """The line of a place, or of the nearest thing around it; None where not even its table stands in the text."""
    return next((places[place[:end]] for end in range(len(place), 0, -1) if place[:end] in places), None)


class _Scan:
    """One walk over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.places: dict[Place, int] = {}
        self._lists: dict[Place, int] = {}
        self._tokens = list(_tokens(text))
        self._next = 0
        table: Place = ()
        while self._next < len(self._tokens):
            kind = self._peek()
            if kind == "\n":
                self._take()
            elif kind == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else ""

    def _take(self) -> tuple[str, int]:
        self._next += 1
        return self._tokens[self._next - 1]

    def _skip_ends(self) -> None:
        while self._peek() == "\n":
            self._take()

    def _header(self) -> Place:
        _, line = self._take()
        is_list = self._peek() == "["
        if is_list:
            self._take()
        place = self._current(self._key("]"))
        if is_list:
            self._take()
            place = (*place, self._lists.get(place, -1) + 1)
            self._lists[place[:-1]] = int(place[-1])
        self._put(place, line)
        return place

    def _current(self, key: Place) -> Place:
        """The key with the latest position put in behind every list of tables on the way to it."""
        place: Place = ()
        for name in key[:-1]:
            place = (*place, name)
            if place in self._lists:
                place = (*place, self._lists[place])
        return (*place, *key[-1:])

    def _key(self, until: str) -> Place:
        words = []
        while (word := self._take()[0]) != until:
            words.append(word)
        return tuple(_names("".join(words)))

    def _pair(self, table: Place) -> None:
        line = self._tokens[self._next][1]
        place = (*table, *self._key("="))
        self._put(place, line)
        self._value(place)

    def _value(self, place: Place) -> None:
        opening, _ = self._take()
        if opening == "[":
            self._elements(place)
        elif opening == "{":
            self._members(place)
        else:
            while self._peek() not in {"", "\n", ",", "]", "}"}:  # a date and a time may stand a blank apart
                self._take()

    def _elements(self, place: Place) -> None:
        position = 0
        self._skip_ends()
        while self._peek() != "]":
            if self._peek() == ",":
                self._take()
                position += 1
            else:
                self._put((*place, position), self._tokens[self._next][1])
                self._value((*place, position))
            self._skip_ends()
        self._take()

    def _members(self, place: Place) -> None:
        self._skip_ends()
        while self._peek() != "}":
            if self._peek() == ",":
                self._take()
            else:
                self._pair(place)
            self._skip_ends()
        self._take()

    def _put(self, place: Place, line: int) -> None:
        for end in range(1, len(place) + 1):
            self.places.setdefault(place[:end], line)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "blank":
            yield found.group(), line
        line += found.group().count("\n")


def _names(key: str) -> Iterator[str]:
    """The parts of a dotted key, quoted ones unquoted."""
    for quoted, bare in re.findall(r"""("(?:[^"\\]|\\.)*"|'[^']*')|([^.\s"']+)""", key):
        yield tomllib.loads(f"x = {quoted}")["x"] if quoted else bare
