"""Help is quick because it loads next to nothing."""

import json
import subprocess
import sys

import pytest

from elchi.commands.app import app

HEAVY = {
    "alembic",
    "babel",
    "bs4",
    "lxml",
    "rich",
    "scrapy",
    "selectolax",
    "sqlalchemy",
    "tantivy",
    "trafilatura",
    "twisted",
}
"""Not pydantic: Typer itself loads it to print a default."""

COMMANDS = sorted(command.callback.__name__ for command in app.registered_commands if command.callback)
PROGRAM = """
import json, sys
sys.argv = ["elchi", *sys.argv[1:]]
from elchi.commands import main
try:
    main()
except SystemExit:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=lambda words: " ".join(words) or "elchi")
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words, "--help"], capture_output=True, text=True, check=True)
    *said, modules = done.stdout.splitlines()
    assert "Usage: elchi" in said[0]
    assert not HEAVY & set(json.loads(modules))


def test_every_command_shows_examples() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"elchi {command.callback.__name__} " in (command.callback.__doc__ or "") + " "
