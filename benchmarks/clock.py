"""``python -m benchmarks.clock 2026-10-10T20:00:00Z crawl ...``: the elchi command on another day.

A crawl that hears the setting ELCHI_NOW gets the moment by it. One that does not hear it yet has the name `datetime` in its modules
changed for a class whose `now` is moved, which reader processes need not be: they take the time from the capture.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from types import ModuleType
from typing import Any

PACKAGES = ("storage", "scraper", "spiders", "elchi")
LEFT_OUT = ("storage.migrations.",)


def start_at(moment: datetime) -> None:
    """From now on it is that moment, and the clock goes on from there."""
    os.environ["ELCHI_NOW"] = moment.isoformat()
    from scraper import settings

    if hasattr(settings, "ELCHI_NOW"):
        return
    shifted = _shifted(moment - datetime.now(UTC))
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in (package, *_modules_of(package)):
            if getattr(module, "datetime", None) is datetime:
                module.datetime = shifted  # type: ignore[attr-defined]


def _modules_of(package: ModuleType) -> list[ModuleType]:
    names = [each.name for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names if not f"{name}.".startswith(LEFT_OUT)]


def _shifted(by: timedelta) -> type[datetime]:
    class _EveryDatetime(type):
        """Every datetime is an instance: what `now` gives is an ordinary one."""

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class Shifted(datetime, metaclass=_EveryDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + by

    return Shifted


def main() -> None:
    """Run the command that the arguments name."""
    start_at(datetime.fromisoformat(sys.argv.pop(1)))
    from elchi.commands import main as elchi

    elchi()


if __name__ == "__main__":
    main()
