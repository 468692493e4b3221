from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import QueryError
from storage.search.folding import fold
from storage.search.query import SearchQuery, parse_query
from storage.search.tree import And, Node, Not, Or, Phrase, Prefix, Term


@pytest.mark.parametrize(
    ("words", "tree"),
    [
        ("visit", Term("visit")),
        ("visit mission", And((Term("visit"), Term("mission")))),
        ("visit AND mission", And((Term("visit"), Term("mission")))),
        ("visit or and not", And((Term("visit"), Term("or"), Term("and"), Term("not")))),
        ("visit OR mission OR tour", Or((Term("visit"), Term("mission"), Term("tour")))),
        ("a visit OR mission", And((Term("a"), Or((Term("visit"), Term("mission")))))),
        ("visit -tour", And((Term("visit"), Not(Term("tour"))))),
        ("visit NOT tour", And((Term("visit"), Not(Term("tour"))))),
        ("visit -(tour OR trip)", And((Term("visit"), Not(Or((Term("tour"), Term("trip"))))))),
        ("covid-19", Term("covid-19")),
        ("visit - tour", And((Term("visit"), Term("tour")))),
        ('"joint visit"', Phrase("joint visit")),
        (
            "«joint visit» „zwei Wörter“ “two words”",
            And((Phrase("joint visit"), Phrase("zwei Wörter"), Phrase("two words"))),
        ),
        ("univers*", Prefix("univers")),
        ("O‘zb*", Prefix("O‘zb")),
        ("دانشگاه ها", Or((And((Term("دانشگاه"), Term("ها"))), Term("دانشگاهها")))),
        ("(((visit)))", Term("visit")),
    ],
)
def test_parse_query(words: str, tree: Node) -> None:
    assert parse_query(words) == tree


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "at least one letter or digit"),
        (' - "" () ', "at least one letter or digit"),
        ('visit "joint', "Character 7 of the search: this quotation mark is not closed"),
        ("«joint", "Character 1 of the search: this quotation mark is not closed. Add »"),
        ("OR visit", "Character 1 of the search: OR stands between two words"),
        ("visit OR", "Character 7 of the search: OR stands between two words"),
        ("visit OR OR tour", "Character 7 of the search: OR stands between two words"),
        ("AND visit", "Character 1 of the search: AND stands between two words"),
        ("visit AND )", "Character 7 of the search: AND stands between two words"),
        ("NOT visit", "Character 1 of the search: NOT alone finds nothing"),
        ("a (-b -c)", "Character 4 of the search: NOT alone finds nothing"),
        ("visit NOT", "Character 7 of the search: NOT stands before the word"),
        ("visit OR -tour", "Character 1 of the search: NOT cannot be one of two alternatives"),
        ("a (visit", "Character 3 of the search: this parenthesis is not closed"),
        ("visit)", "Character 6 of the search: this parenthesis closes nothing"),
        ("*", "Character 1 of the search: a star needs the beginning"),
        ("a uni*sity", "Character 6 of the search: a star can only end a word"),
        ("(" * 1000 + "a", "Character 21 of the search: more than 20 parentheses"),
        ("a " + "NOT " * 400 + "b", "more than 20 parentheses or NOT"),
        ("a" * 2001, "2001 characters, more than 2000"),
    ],
)
def test_a_query_that_cannot_be_understood_says_where_and_why(words: str, message: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(words)
    assert message in str(refused.value)


@given(
    st.lists(
        st.sampled_from([*'()"«»*-“”', " ", "OR", "AND", "NOT", "visit", "حال", "大学", "ها", "\n"]), max_size=30
    ).map("".join)
)
def test_any_words_are_understood_or_refused(words: str) -> None:
    with contextlib.suppress(QueryError):
        assert fold(words), parse_query(words)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"limit": -1}, "neither can be less than 0"),
        ({"offset": -1}, "neither can be less than 0"),
        ({"since": date(2025, 1, 2), "until": date(2025, 1, 1)}, "Change the two over"),
    ],
)
def test_filters_that_cannot_be_meant_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        SearchQuery(**values)  # type: ignore[arg-type]
