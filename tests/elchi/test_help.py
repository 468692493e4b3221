"""Help is quick because it loads next to nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer.main
from click import Command

from elchi.commands.app import app

HEAVY = {
    "alembic",
    "babel",
    "bs4",
    "lxml",
    "rich",
    "scrapy",
    "sqlalchemy",
    "tantivy",
    "trafilatura",
    "twisted",
}
"""Not pydantic: Typer itself loads it to print a default."""


def every(command: Command, *words: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    """A command and those below it, with the words that call them."""
    yield words, command
    for name, each in sorted(getattr(command, "commands", {}).items()):
        yield from every(each, *words, name)


COMMANDS = dict(every(typer.main.get_command(app)))
PROGRAM = """
import json, sys
sys.argv = ["elchi", *sys.argv[1:]]
from elchi.commands import main
try:
    main()
except SystemExit:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "elchi")
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words, "--help"], capture_output=True, text=True, check=True)
    *said, modules = done.stdout.splitlines()
    assert "Usage: elchi" in said[0]
    assert not HEAVY & set(json.loads(modules))


def test_every_command_shows_examples() -> None:
    for words, command in COMMANDS.items():
        shown = f"{command.help} {command.epilog}".split("\n")
        assert [line for line in shown if f"elchi {' '.join(words)}".strip() in line], words
