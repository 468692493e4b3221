"""What pydantic refuses, said to the person who wrote the file: what is wrong and what would be right."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from spiders.catalogue.entry import ENTRIES
from spiders.catalogue.lines import Place
from spiders.catalogue.table import Table
from spiders.catalogue.values import nearest, shown

_TYPES = {
    "string_type": "a text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date without quotes",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table in braces",
    "model_type": "a table in braces",
    "model_attributes_type": "a table in braces",
}

_OTHER_WORDS = {"jalali": "persian", "shamsi": "persian", "hijri": "islamic", "lunar": "islamic"}
"""What people call a calendar, and what CLDR calls it."""


def explain(error: ValidationError, table: type[Table]) -> Iterator[tuple[Place, str, str]]:
    """Where within the table, the message and the remedy for each thing that its model refused.

    One mistake is told once: pydantic also misses the key that was misspelt, and counts a list without its wrong elements.
    """
    details = error.errors(include_url=False)
    unknown = [_clean(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*place[:-1], _meant(place, table)) for place in unknown}
    for detail in details:
        place = _clean(detail["loc"])
        follows = {"missing": place in meant, "too_short": bool(detail["input"])}
        if not follows.get(detail["type"]):
            yield place, *_explain_one(detail, table)


def _clean(place: Place) -> Place:
    """A place as it stands in the file, without the mark that pydantic puts behind a dictionary's wrong key."""
    return tuple(part for part in place if part != "[key]")


def _explain_one(error: ErrorDetails, table: type[Table]) -> tuple[str, str]:
    place, value = _clean(error["loc"]), error["input"]
    key, context = str(place[-1]) if place else "", error.get("ctx", {})
    match error["type"]:
        case "refused":
            return context["message"], context["remedy"]
        case "extra_forbidden":
            return _unknown_key(place, table)
        case "missing":
            return f"{key} is missing", _example(table, place)
        case "literal_error":
            return _unknown_word(str(value), context["expected"])
        case "too_short":
            return f"{shown(value)} is empty", _example(table, place)
        case "greater_than_equal" | "less_than_equal" as limit:
            bound = context["ge"] if limit == "greater_than_equal" else context["le"]
            side = "less than" if limit == "greater_than_equal" else "more than"
            return f"{shown(value)} is {side} {bound:g}", _example(table, place)
        case kind if kind in _TYPES:
            return f"{shown(value)} is not {_TYPES[kind]}", _example(table, place)
        case _:
            return f"{shown(value)}: {error['msg']}", _example(table, place)


def _unknown_key(place: Place, table: type[Table]) -> tuple[str, str]:
    key = str(place[-1])
    kinds = [kind for kind, entry in ENTRIES.items() if key in entry.model_fields]
    if table in ENTRIES.values() and len(place) == 1 and kinds:
        own = next(kind for kind, entry in ENTRIES.items() if entry is table)
        return (
            f'{key} belongs to the kind {_either(kinds)}, not to the kind "{own}"',
            "Leave it out, or change the kind",
        )
    near = _meant(place, table)
    known = ", ".join(_known(place, table))
    return f"There is no key {shown(key)} here", f"Did you mean {near}?" if near else f"The keys are {known}"


def _meant(place: Place, table: type[Table]) -> str | None:
    return nearest(str(place[-1]), _known(place, table))


def _known(place: Place, table: type[Table]) -> list[str]:
    model = _model_at(table, place[:-1])
    return list(model.model_fields) if model else []


def _unknown_word(word: str, expected: str) -> tuple[str, str]:
    known = [part.strip("' ") for part in expected.replace(" or ", ",").split(",")]
    near = nearest(_OTHER_WORDS.get(word.lower(), word), known)
    return (
        f"{shown(word)} is none of {', '.join(known)}",
        f"Did you mean {shown(near)}?" if near else f"Write {_either(known)}",
    )


def _either(words: list[str]) -> str:
    return " or ".join(shown(word) for word in words)


def _example(table: type[Table], place: Place) -> str:
    """The line that would be right, from the field's own example; a list's example serves for its elements."""
    named = [str(part) for part in place if isinstance(part, str)]
    model: type[BaseModel] | None = table
    for depth, name in enumerate(named):
        field = model.model_fields.get(name) if model else None
        if model is None or field is None:
            break
        if depth == len(named) - 1 or _model_at(model, (name,)) is None:
            return f"Write such as {name} = {(field.examples or ['…'])[0]}"
        model = _model_at(model, (name,))
    return "See docs/add-a-source.md"


def _model_at(model: type[BaseModel] | None, place: Place) -> type[BaseModel] | None:
    for name in place:
        field = model.model_fields.get(str(name)) if model else None
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    options = get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else (annotation,)
    return next((option for option in options if isinstance(option, type) and issubclass(option, BaseModel)), None)
