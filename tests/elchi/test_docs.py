"""What a user can type, set or receive is written down."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer.main

import scraper.settings
from elchi.commands.app import app
from elchi.commands.exits import Exit
from elchi.commands.remedies import REMEDIES
from scraper import failures
from scraper.reading.model import DateFact
from storage import flags
from storage.database import Database
from storage.export import CSV_COLUMNS
from storage.records import article_record, find_article
from tests.storage.saving import SITE, Saving, reading_of

ROOT = Path(__file__).parent.parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    """Saves pages as a crawl does."""
    with Database(f"sqlite:///{tmp_path / 'archive.sqlite'}") as database:
        database.migrate()
        yield Saving(database)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_documented(name: str) -> None:
    text = DOCS["commands.md"]
    section = text.partition(f"\n## elchi {name}")[2].partition("\n## ")[0]
    shared = text.partition("## Options that several commands share")[2]
    assert section, f"docs/commands.md has no section for elchi {name}"
    commands = [COMMANDS[name], *getattr(COMMANDS[name], "commands", {}).values()]
    parameters = [parameter for command in commands for parameter in command.params]
    options = {option for parameter in parameters for option in parameter.opts if option.startswith("-")}
    missing = sorted(option for option in options - {"--help", "-h"} if f"`{option}" not in section + shared)
    assert not missing


@pytest.mark.parametrize("name", sorted(name for name in vars(scraper.settings) if name.startswith("ELCHI_")))
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in DOCS["settings.md"]


def test_every_variable_of_the_environment_is_documented() -> None:
    read = set(re.findall(r'"(ELCHI_\w+)"', inspect.getsource(scraper.settings)))
    assert not {name for name in read if f"| `{name}` |" not in DOCS["settings.md"]}


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        path.relative_to(ROOT)
        for package in ("spiders", "scraper", "storage", "elchi")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    ]
    assert readers == [Path("scraper/settings.py")]


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_documented(code: Exit) -> None:
    assert f"\n| {code.value} |" in DOCS["commands.md"]


def test_every_column_is_documented() -> None:
    assert not [name for name in CSV_COLUMNS if f"`{name}`" not in DOCS["data-dictionary.md"]]


def test_every_field_of_a_record_is_documented(saving: Saving) -> None:
    saving.save(f"{SITE}/a", reading=reading_of("A text.", day=date(2026, 11, 1)))
    with saving.database.read() as session:
        record = article_record(session, find_article(session, f"{SITE}/a"))
    names = {*record, *record["capture"], *record["published"]}
    assert not [name for name in sorted(names) if f"`{name}`" not in DOCS["data-dictionary.md"]]


def test_every_part_of_a_date_is_documented() -> None:
    names = {"date" if name == "day" else name for name in DateFact.__slots__}
    assert not [name for name in names if f"| `{name}` |" not in DOCS["data-dictionary.md"]]


def test_every_class_of_failure_is_documented_and_has_a_remedy() -> None:
    named = (
        {name for _, name in (*failures.CLASSES, *failures.WORDS)}
        | failures.INSTEAD
        | {failures.classify_status(status) for status in range(300, 600)}
    )
    for path in ("spiders/news.py", "scraper/reader_process.py", "scraper/pipelines/read_page.py"):
        source = (ROOT / path).read_text(encoding="utf-8")
        named |= set(
            re.findall(r'(?:_fail\(\s*source,\s*due,\s*|ReadAnswer\(None, \(|failure = \(|else )"([a-z ]+)"', source)
        )
    assert {"gone", "no links", "encoding", "reader crashed"} <= named
    rows = DOCS["run-from-cron.md"].partition("## Classes of failure")[2]
    assert not sorted(name for name in named if not re.search(rf"[|,]\s*{name}\s*[|,]", rows))
    assert not sorted(named - REMEDIES.keys())


@pytest.mark.parametrize("name", sorted(flags.REMEDIES))
def test_every_flag_is_documented(name: str) -> None:
    rows = DOCS["run-from-cron.md"].partition("## What is noticed")[2].partition("\n## ")[0]
    assert re.search(rf"\n\| ([a-z ]+, )*{name}[ ,|]", rows)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (path.parent / target).exists()]
