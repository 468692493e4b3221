"""A search as tantivy asks it of the index's fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query, Schema

from storage.search.folding import Folded, fold_word
from storage.search.query import SearchQuery
from storage.search.tree import And, Node, Not, Or, Phrase, Prefix, Term
from storage.search.words import written_words

TITLE_WEIGHT = 3.0
"""How much more a word counts in the title than in the text."""


def make_query(schema: Schema, query: SearchQuery) -> Query:
    """The words and the filters. Filters do not weigh in the score. Raises `QueryError`."""
    tree = query.tree()
    parts = [_Matcher(schema).match(tree) if tree else Query.all_query(), *_filters(schema, query)]
    return _all(parts)


def folded_words(text: str) -> list[Folded]:
    """What a query's words are asked by, in order."""
    folded = (fold_word(written) for written in written_words(text))
    return [word for word in folded if word.words]


def phrases(words: Sequence[Folded]) -> list[tuple[str, ...]]:
    """The rows of terms that say these words side by side: as folded, and with the other forms (joined, other script) in their place."""
    plain = tuple(term for word in words for term in word.words)
    other = tuple(term for word in words for term in (word.forms[:1] or word.words))
    return [plain] if plain == other else [plain, other]


def _filters(schema: Schema, query: SearchQuery) -> Iterable[Query]:
    wanted = (
        ("language", query.language.lower() if query.language else None),
        ("source", query.source),
        ("country", query.country.upper() if query.country else None),
        ("kind", query.kind),
    )
    for name, value in wanted:
        if value is not None:
            yield Query.const_score_query(Query.term_query(schema, name, value, "basic"), 0.0)
    if query.since or query.until:
        since, until = (day.toordinal() if day else None for day in (query.since, query.until))
        days = Query.range_query(schema, "published", FieldType.Unsigned, since, until)
        yield Query.const_score_query(days, 0.0)


class _Matcher:
    """Each node of the tree as a query over the fields of the schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def match(self, node: Node) -> Query:
        match node:
            case Term(text):
                return self._words(folded_words(text), stemmed=True)
            case Phrase(text):
                return self._words(folded_words(text), stemmed=False)
            case Prefix(text):
                return self._prefix(folded_words(text))
            case Or(parts):
                return _any([self.match(part) for part in parts])
            case And(parts):
                wanted = [(Occur.Must, self.match(part)) for part in parts if not isinstance(part, Not)]
                unwanted = [(Occur.MustNot, self.match(part.part)) for part in parts if isinstance(part, Not)]
                return Query.boolean_query([*wanted, *unwanted])
            case Not(part):
                return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.match(part))])

    def _words(self, words: list[Folded], *, stemmed: bool) -> Query:
        if len(words) > 1:
            return self._side_by_side(words)
        [word] = words
        stems = word.stems if stemmed else ()
        return _any(
            [self._side_by_side(words), *(self._anywhere(form) for form in word.forms), *map(self._among_forms, stems)]
        )

    def _side_by_side(self, words: Sequence[Folded]) -> Query:
        return _any([self._row(terms) for terms in phrases(words)])

    def _row(self, terms: tuple[str, ...]) -> Query:
        if len(terms) == 1:
            return self._anywhere(terms[0])
        title = Query.phrase_query(self._schema, "title", list(terms))
        return _any([Query.boost_query(title, TITLE_WEIGHT), Query.phrase_query(self._schema, "text", list(terms))])

    def _prefix(self, words: list[Folded]) -> Query:
        *before, last = [term for word in words for term in word.words]
        begun = [self._begun(last), *(self._begun(form) for form in words[-1].forms)]
        return _all([*map(self._anywhere, before), _any(begun)])

    def _begun(self, beginning: str) -> Query:
        pattern = f"{re.escape(beginning)}.*"
        return _any(
            [Query.regex_query(self._schema, name, pattern) for name in ("title", "text", "title_forms", "text_forms")]
        )

    def _anywhere(self, term: str) -> Query:
        title = Query.boost_query(Query.term_query(self._schema, "title", term), TITLE_WEIGHT)
        return _any([title, Query.term_query(self._schema, "text", term), self._among_forms(term)])

    def _among_forms(self, term: str) -> Query:
        title = Query.boost_query(Query.term_query(self._schema, "title_forms", term, "freq"), TITLE_WEIGHT)
        return _any([title, Query.term_query(self._schema, "text_forms", term, "freq")])


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
