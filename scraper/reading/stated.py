"""The names under which sites state dates to machines: read once from stated.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Kind = Literal["metas", "keys", "classes", "attributes"]

_SIGNS: Final = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A name without case, colons, dots, dashes and underscores: sites write each of them in each place."""
    return _SIGNS.sub("", name.lower())


@cache
def names(kind: Kind, group: str) -> tuple[str, ...]:
    """The plain names of a group, in the table's order, each once."""
    return tuple(dict.fromkeys(plain(name) for name in _table()[kind][group]))


@cache
def name_set(kind: Kind, group: str) -> frozenset[str]:
    """The same, to look one up."""
    return frozenset(names(kind, group))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("scraper.reading").joinpath("stated.toml").read_text("utf-8"))
