"""From TOML's tables to the models: every table on its own, so that one's mistakes do not hide another's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from spiders.catalogue.entry import ENTRIES
from spiders.catalogue.errors import Problem
from spiders.catalogue.explain import explain
from spiders.catalogue.hosts import bare_host
from spiders.catalogue.lines import Place, line_of
from spiders.catalogue.source import Articles, Facts, Institution, Policy, Selectors
from spiders.catalogue.table import Table
from spiders.catalogue.values import nearest, shown

TABLES: dict[str, type[Table]] = {
    "institution": Institution,
    "source": Policy,
    "articles": Articles,
    "selectors": Selectors,
    "facts": Facts,
}
_REQUIRED = ("institution", "source", "entry", "facts")


def validate(path: Path, tables: dict[str, Any], lines: dict[Place, int]) -> tuple[dict[str, Any], list[Problem]]:
    """The models of a file's tables by the tables' names, and all that is wrong in them."""
    return _Validation(path, lines).run(_tupled(tables))


class _Validation:
    """The problems of one file, gathered."""

    def __init__(self, path: Path, lines: dict[Place, int]) -> None:
        self._path = path
        self._lines = lines
        self._problems: list[Problem] = []

    def run(self, tables: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        self._check_names(tables)
        parts: dict[str, Any] = {}
        for name, model in TABLES.items():
            if name not in tables:
                continue
            if isinstance(tables[name], dict):
                parts[name] = self._table((name,), model, tables[name], {})
            else:
                self._add(
                    (name,),
                    f"{name} is not a table",
                    f"Write its name on a line of its own, in single brackets: [{name}]",
                )
        if "entry" in tables:
            parts["entry"] = self._entries(tables["entry"], self._hosts(tables))
        return parts, self._problems

    def _check_names(self, tables: dict[str, Any]) -> None:
        known = [*TABLES, "entry"]
        meant = {name: nearest(name, known) for name in tables if name not in known}
        for name, near in meant.items():
            remedy = f"Did you mean {_header(near)}?" if near else f"The tables are {', '.join(map(_header, known))}"
            self._add((name,), f"There is no table {shown(name)}", remedy)
        for name in _REQUIRED:
            if name not in tables and name not in meant.values():
                self._add(
                    (name,), f"{_header(name)} is missing", "Add it; docs/add-a-source.md has a whole file of ten lines"
                )

    def _entries(self, items: Any, hosts: tuple[str, ...]) -> tuple[Table | None, ...]:
        if not isinstance(items, tuple) or not all(isinstance(item, dict) for item in items):
            self._add(("entry",), "entry is not a list of tables", "Write its name in double brackets: [[entry]]")
            return ()
        if not items:
            self._add(("entry",), "There is no entry point", "Add one: [[entry]] with its kind and url")
        self._check_twins(items)
        return tuple(self._entry(("entry", position), item, hosts) for position, item in enumerate(items))

    def _check_twins(self, items: tuple[dict[str, Any], ...]) -> None:
        """The crawl knows an entry point by its address: of two with one address, it would ask only one."""
        urls = [item.get("url") for item in items]
        for position, url in enumerate(urls):
            first = urls.index(url)
            if url is not None and first < position:
                message = f"entry[{first + 1}] has the same url"
                remedy = "Keep one; for another language, find an address that differs, such as by ?lang="
                self._add(("entry", position, "url"), message, remedy)

    def _entry(self, place: Place, item: dict[str, Any], hosts: tuple[str, ...]) -> Table | None:
        kind, kinds = item.get("kind"), ", ".join(ENTRIES)
        model = ENTRIES.get(kind) if isinstance(kind, str) else None
        if model is not None:
            return self._table(place, model, item, {"hosts": hosts})
        if "kind" not in item:
            self._add((*place, "kind"), "kind is missing", f'Write such as kind = "listing"; the kinds are {kinds}')
        else:
            near = nearest(str(kind), list(ENTRIES))
            self._add(
                (*place, "kind"),
                f"{shown(kind)} is none of {kinds}",
                f"Did you mean {shown(near)}?" if near else 'Write such as "listing"',
            )
        return None

    def _hosts(self, tables: dict[str, Any]) -> tuple[str, ...]:
        """The hosts that the file means, so that its entries can be held against them though one is miswritten.

        Empty, for no check, where one cannot be understood.
        """
        policy = tables.get("source")
        hosts = policy.get("hosts") if isinstance(policy, dict) else None
        meant = (
            [bare_host(host) if isinstance(host, str) else None for host in hosts] if isinstance(hosts, tuple) else []
        )
        return tuple(host for host in meant if host) if all(meant) else ()

    def _table(self, place: Place, model: type[Table], values: dict[str, Any], context: dict[str, Any]) -> Table | None:
        try:
            return model.model_validate(values, context=context)
        except ValidationError as error:
            for within, message, remedy in explain(error, model):
                self._add((*place, *within), message, remedy)
            return None

    def _add(self, place: Place, message: str, remedy: str) -> None:
        self._problems.append(Problem(self._path, line_of(self._lines, place), _dotted(place), message, remedy))


def _header(name: str) -> str:
    return f"[[{name}]]" if name == "entry" else f"[{name}]"


def _dotted(place: Place) -> str:
    """A place as people say it: ``entry[2].url`` is the second entry's."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _tupled(value: Any) -> Any:
    """TOML's lists as tuples: the models are frozen, and strict about it."""
    if isinstance(value, dict):
        return {key: _tupled(item) for key, item in value.items()}
    return tuple(map(_tupled, value)) if isinstance(value, list) else value
