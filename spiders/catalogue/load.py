"""Reading catalogue files, and refusing the wrong ones with all that is wrong in them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from spiders.catalogue.errors import CatalogueError, Problem, UnknownSource
from spiders.catalogue.file import read_tables
from spiders.catalogue.source import SLUG, Source
from spiders.catalogue.validate import validate

SHIPPED = Path(__file__).parent
"""The folder of the sources that come with Elchi."""


def load_source(path: Path) -> Source:
    """The source that a catalogue file describes. Raises `CatalogueError` with every problem of the file."""
    tables, lines = read_tables(path)
    parts, problems = validate(path, tables, lines)
    if not SLUG.fullmatch(path.stem):
        problems.append(_wrong_name(path))
    if problems:
        raise CatalogueError(sorted(problems, key=lambda problem: problem.line or 0))
    return _source(path, parts)


def load_catalogue(directories: Iterable[Path] = (SHIPPED,)) -> dict[str, Source]:
    """Every source of the folders, sorted by slug; a later folder's source takes the place of an earlier one's.

    Raises `CatalogueError` with every problem of every file, two files of one name in one folder among them, and with the sources of
    the other files.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for directory in directories:
        loaded, wrong = _load_directory(directory)
        sources.update(loaded)
        problems += wrong
    catalogue = dict(sorted(sources.items()))
    if problems:
        raise CatalogueError(problems, catalogue)
    return catalogue


def find_sources(catalogue: Mapping[str, Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The named sources in the order of their names' first mention. Raises `UnknownSource` with every unknown name."""
    unknown = {name: tuple(get_close_matches(name.lower(), catalogue, n=3)) for name in names if name not in catalogue}
    if unknown:
        raise UnknownSource(unknown)
    return tuple(catalogue[name] for name in dict.fromkeys(names))


def _load_directory(directory: Path) -> tuple[dict[str, Source], list[Problem]]:
    if not directory.is_dir():
        what = "This is a file, not a folder" if directory.exists() else "There is no such folder"
        return {}, [Problem(directory, None, "", what, "Name a folder that holds catalogue files (*.toml)")]
    sources: dict[str, Source] = {}
    seen: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in _files(directory):
        first = seen.setdefault(path.stem, path)
        if first is not path:
            problems.append(
                Problem(path, None, "", f"{first} is a source of the same name", "Rename one of the two files")
            )
        try:
            sources[path.stem] = load_source(path)
        except CatalogueError as error:
            problems.extend(error.problems)
    return sources, problems


def _files(directory: Path) -> list[Path]:
    """The catalogue files of a folder and those below it; what an editor hides is none."""
    paths = directory.rglob("*.toml")
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(directory).parts))


def _wrong_name(path: Path) -> Problem:
    words = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in path.stem.lower()).split())
    remedy = f"Rename it to {words}.toml" if words else "Rename it to such as university-of-tehran.toml"
    message = f'The file\'s name "{path.stem}" cannot name a source: small letters, digits and hyphens'
    return Problem(path, None, "", message, remedy)


def _source(path: Path, parts: dict[str, Any]) -> Source:
    policy = parts.pop("source")
    return Source(slug=path.stem, path=path, entries=parts.pop("entry"), **dict(policy), **parts)
