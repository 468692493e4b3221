"""docs/add-a-source.md names every key, and what it shows is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spiders.catalogue import Articles, Facts, Institution, Listed, Policy, RecordFields, Selectors, load_source
from spiders.catalogue.entry import ENTRIES
from tests.spiders.catalogue.files import problems_of, write

GUIDE = (Path(__file__).parents[3] / "docs" / "add-a-source.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+?)\n(.+?)(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^```toml\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)

OF_EVERY_ENTRY = {"kind", "url", "language", "pages"}
KEYS = {
    "[institution]: who speaks": set(Institution.model_fields),
    "[source]: where, and how gently": set(Policy.model_fields),
    "[[entry]]: an entry point of any kind": OF_EVERY_ENTRY,
    '[[entry]] of the kind "listing"': set(ENTRIES["listing"].model_fields) - OF_EVERY_ENTRY,
    '[[entry]] of the kind "api"': set(ENTRIES["api"].model_fields) - OF_EVERY_ENTRY,
    "[articles]: which addresses are what": set(Articles.model_fields),
    "[selectors]: where a page keeps an article's parts": set(Selectors.model_fields),
    "[facts]: how far the file is to be believed": set(Facts.model_fields),
}


@pytest.mark.parametrize("section", KEYS)
def test_every_key_has_its_row_and_no_row_is_of_another(section):
    first_cells = re.findall(r"^\| (`.+?) \|", SECTIONS[section], re.MULTILINE)

    assert {key for cell in first_cells for key in re.findall(r"`(\w+)`", cell)} == KEYS[section]


def test_a_feed_and_a_sitemap_have_no_keys_of_their_own():
    assert set(ENTRIES["feed"].model_fields) == set(ENTRIES["sitemap"].model_fields) == OF_EVERY_ENTRY


def test_the_keys_within_keys_are_named():
    rows = {
        row.split("`")[1]: row for row in SECTIONS['[[entry]] of the kind "api"'].splitlines() if row.startswith("| `")
    }

    assert all(f"`{key}`" in rows["listed"] for key in Listed.model_fields)
    assert all(f"`{key}`" in rows["fields"] for key in RecordFields.model_fields)


def test_the_ten_lines_are_ten_and_load(tmp_path):
    lines = [line for line in EXAMPLES[0].splitlines() if not line.startswith("[")]

    assert len(lines) == 10
    assert load_source(write(tmp_path, EXAMPLES[0], "example-university.toml")).slug == "example-university"


@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_the_other_examples_go_with_it(tmp_path, example):
    assert problems_of(write(tmp_path, EXAMPLES[0] + example)) == ()


def test_the_refusal_it_shows_is_the_one_that_comes(tmp_path):
    (problem,) = problems_of(write(tmp_path, EXAMPLES[0].replace("Tehran", "Teheran"), "ir/example-university.toml"))

    assert str(problem).replace(str(tmp_path), "my-sources") in GUIDE
