"""What can be wrong with the catalogue.

    Exception
    ├── CatalogueError    files or folders that are wrong; `problems` holds every one of them
    └── LookupError
        └── UnknownSource names that no source has; `suggestions` holds the nearest that exist

Light on purpose: a command may catch these without paying for pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spiders.catalogue.source import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place.

    file: the catalogue file, or the folder that was asked for. line: counted from 1, None where no line is to blame.
    key: as in ``source.timezone`` or ``entry[2].url``, the entries counted from 1; empty for the file as a whole.
    message: what is wrong. remedy: what would be right.
    """

    file: Path
    line: int | None
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """The problem on one line: ``file:line: key: message. remedy``."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return ": ".join(part for part in (place, self.key, f"{self.message}. {self.remedy}") if part)


class CatalogueError(Exception):
    """Catalogue files that are refused, with all that is wrong in them."""

    def __init__(self, problems: Iterable[Problem], usable: Mapping[str, Source] | None = None) -> None:
        """problems: at least one, in the order of files and lines. usable: the sources of the files that are right, by slug."""
        self.problems = tuple(problems)
        self.usable = dict(usable or {})
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One problem a line."""
        return "\n".join(map(str, self.problems))


class UnknownSource(LookupError):
    """Names that no source in the catalogue has."""

    def __init__(self, suggestions: Mapping[str, tuple[str, ...]]) -> None:
        """suggestions: for each unknown name the slugs that look like it, the nearest first."""
        self.suggestions = dict(suggestions)
        super().__init__(self.suggestions)

    @property
    def names(self) -> tuple[str, ...]:
        """The unknown names, in the order they were asked for."""
        return tuple(self.suggestions)

    def __str__(self) -> str:
        """One unknown name a line, and the command that lists the known ones."""
        lines = [_unknown(name, near) for name, near in self.suggestions.items()]
        return "\n".join([*lines, "List the sources with: elchi sources"])


def _unknown(name: str, near: tuple[str, ...]) -> str:
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f'No source is called "{name}".{hint}'
