"""The scan finds the line of everything that the parser found."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from spiders.catalogue.lines import key_lines, line_of

TEXT = '''\
# first [not.a.table]
top = 1
"quoted key" = { in = "}", "two words" = [1, 2] }
[a]
b.c = """
[x]
y = 1
\\""" still """
d = \'\'\'
]
\'\'\'
e = [ # [
  "one", "]",

  # a comment, with a comma
  [ 2026-11-22 10:00:00, 3 ], { f = 1, g = [
    "deep" ] },
]
[[a.list]]
h = "#"
[a.list.sub]
i = 1
[[a.list]]
  h = true # end
[a.list.sub]
i = 2
j = [ """"a quoted word ends it"""", "]" ] # ["
l = 3'''

EXPECTED = {
    ("top",): 2, ("quoted key",): 3, ("quoted key", "in"): 3, ("quoted key", "two words", 1): 3,
    ("a",): 4, ("a", "b"): 5, ("a", "b", "c"): 5, ("a", "d"): 9,
    ("a", "e"): 12, ("a", "e", 0): 13, ("a", "e", 1): 13, ("a", "e", 2): 16, ("a", "e", 2, 1): 16,
    ("a", "e", 3): 16, ("a", "e", 3, "f"): 16, ("a", "e", 3, "g", 0): 17,
    ("a", "list", 0): 19, ("a", "list", 0, "h"): 20, ("a", "list", 0, "sub"): 21, ("a", "list", 0, "sub", "i"): 22,
    ("a", "list", 1, "sub", "j", 1): 27, ("a", "list", 1, "sub", "l"): 28,
    ("a", "list", 1): 23, ("a", "list", 1, "h"): 24, ("a", "list", 1, "sub", "i"): 26,
}  # fmt: skip


def test_the_lines_of_every_form_that_toml_has():
    found = key_lines(TEXT)

    assert {place: found.get(place) for place in EXPECTED} == EXPECTED


def test_a_long_text_may_end_in_quotes_of_its_own():
    quotes = "'" * 5

    assert key_lines(f"k = [{quotes}x{quotes}, 'y']") == {("k",): 1, ("k", 0): 1, ("k", 1): 1}


def test_what_does_not_stand_in_the_text_has_the_line_of_what_is_around_it():
    found = key_lines(TEXT)

    assert line_of(found, ("a", "list", 1, "missing")) == 23
    assert line_of(found, ("nowhere", "at all")) is None


def places_in(value: Any, place: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {place} | {deeper for key, item in items for deeper in places_in(item, (*place, key))}


words = st.text(st.sampled_from("ab[]{}=,#.\"' \\é"), max_size=6)
values = st.recursive(
    words.map(lambda word: (json.dumps(word), 0))
    | st.sampled_from([("1", 0), ("2026-11-22 10:00:00", 0), ('"""\n[x]\n= 1"""', 2)]),
    lambda inner: st.lists(inner, max_size=3).map(
        lambda items: ("[" + "".join(f"\n{text} ,#]\n" for text, _ in items) + "]", 0)
    ),
    max_leaves=6,
)


@given(st.dictionaries(words, values, max_size=5), words)
def test_every_place_that_the_parser_finds_has_a_line_and_keys_have_their_own(pairs, table):
    lines = [f"[{json.dumps(table)}] # ["]
    expected = {(table,): 1}
    for key, (value, _) in pairs.items():
        expected[table, key] = sum(line.count("\n") + 1 for line in lines) + 1
        lines.append(f"{json.dumps(key)} = {value}")
    text = "\n".join(lines)

    found = key_lines(text)

    assert {place: found[place] for place in expected} == expected
    assert set(found) == places_in(tomllib.loads(text)) - {()}
