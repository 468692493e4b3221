"""The index's fields, and what stands in them for one article. No text is stored: the database has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tantivy import Document, Schema, SchemaBuilder

from storage.search.folding import indexed_text

VERSION = 1
"""Of the fields and of folding. Raise it when either changes: the next `SearchIndex.catch_up` then builds the index anew."""

WORDS = "folded"
"""The tokenizer: our terms, already folded, with spaces between."""

UNDATED = 0
_ID_BITS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of an article: its newest version, and where its pages are. sources: slugs. countries: ISO 3166-1 alpha-2."""

    article_id: int
    change: int
    kind: str
    title: str | None
    text: str
    language: str | None
    published_on: date | None
    sources: tuple[str, ...]
    countries: tuple[str, ...]


def make_schema() -> Schema:
    """The fields. title, text: words in order. title_forms, text_forms: their other terms. newest: what date order sorts by.

    published: the day's number from 1 January of year 1. language: every prefix of the tag, so that ``uz`` finds ``uz-cyrl``.
    """
    builder = SchemaBuilder()
    builder.add_unsigned_field("article_id", indexed=True, fast=True)
    builder.add_unsigned_field("change", fast=True)
    builder.add_unsigned_field("published", fast=True)
    builder.add_unsigned_field("newest", fast=True)
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
        builder.add_text_field(f"{name}_forms", tokenizer_name=WORDS, index_option="freq")
    for name in ("language", "source", "country", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def make_document(entry: Entry) -> Document:
    """The article as tantivy takes it."""
    document = Document()
    document.add_unsigned("article_id", entry.article_id)
    document.add_unsigned("change", entry.change)
    day = entry.published_on.toordinal() if entry.published_on else UNDATED
    document.add_unsigned("newest", day << _ID_BITS | entry.article_id)
    if entry.published_on:
        document.add_unsigned("published", day)
    language = (entry.language or "und").lower()
    primary = language.partition("-")[0]
    for name, text in (("title", entry.title or ""), ("text", entry.text)):
        words, forms = indexed_text(text, primary)
        document.add_text(name, words)
        document.add_text(f"{name}_forms", forms)
    for name, values in (
        ("language", tag_prefixes(language)),
        ("source", entry.sources),
        ("country", entry.countries),
        ("kind", (entry.kind,)),
    ):
        for value in values:
            document.add_text(name, value)
    return document


def tag_prefixes(tag: str) -> Iterator[str]:
    """``uz``, ``uz-cyrl`` of ``uz-cyrl``."""
    subtags = tag.split("-")
    return ("-".join(subtags[: count + 1]) for count in range(len(subtags)))
