"""The catalogue of sources: one TOML file for each, refused with file, line and key where it is wrong.

The names are imported when they are first used: whoever only wants to catch an error does not pay for the models.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spiders.catalogue.entry import Api, Entry, Feed, Listed, Listing, RecordFields, Sitemap
    from spiders.catalogue.errors import CatalogueError, Problem, UnknownSource
    from spiders.catalogue.load import SHIPPED, find_sources, load_catalogue, load_source
    from spiders.catalogue.source import Articles, Facts, Institution, Policy, Selectors, Source

__all__ = [
    "SHIPPED", "Api", "Articles", "CatalogueError", "Entry", "Facts", "Feed", "Institution", "Listed", "Listing",
    "Policy", "Problem", "RecordFields", "Selectors", "Sitemap", "Source", "UnknownSource", "find_sources",
    "load_catalogue", "load_source",
]  # fmt: skip

_MODULES = {
    "entry": ("Api", "Entry", "Feed", "Listed", "Listing", "RecordFields", "Sitemap"),
    "errors": ("CatalogueError", "Problem", "UnknownSource"),
    "load": ("SHIPPED", "find_sources", "load_catalogue", "load_source"),
    "source": ("Articles", "Facts", "Institution", "Policy", "Selectors", "Source"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:  # PEP 562
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
