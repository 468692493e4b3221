"""Folders of sources, and finding one by its name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from spiders.catalogue import CatalogueError, UnknownSource, find_sources, load_catalogue
from tests.spiders.catalogue.files import MINIMAL, changed, write


def test_the_sources_of_a_folder_are_sorted_by_slug(tmp_path):
    for name in ("uz/zebra.toml", "ir/alpha.toml", "middle.toml", "ir/.hidden.toml", ".git/x.toml", "notes.txt"):
        write(tmp_path, name=name)

    assert list(load_catalogue([tmp_path])) == ["alpha", "middle", "zebra"]


def test_a_later_folder_goes_before_an_earlier_one(tmp_path):
    write(tmp_path / "one", name="ir/a.toml")
    write(tmp_path / "one", name="b.toml")
    later = write(tmp_path / "two", changed('"IR"', '"UZ"'), "a.toml")

    catalogue = load_catalogue([tmp_path / "one", tmp_path / "two"])

    assert (catalogue["a"].path, catalogue["a"].institution.country) == (later, "UZ")
    assert catalogue["b"].institution.country == "IR"


def test_one_name_twice_in_a_folder_is_refused(tmp_path):
    first = write(tmp_path, name="ir/a.toml")
    second = write(tmp_path, name="uz/a.toml")

    with pytest.raises(CatalogueError) as caught:
        load_catalogue([tmp_path])

    (problem,) = caught.value.problems
    assert problem.file == second
    assert str(first) in problem.message
    assert "Rename" in problem.remedy


def test_the_problems_of_all_files_and_folders_are_told_at_once(tmp_path):
    write(tmp_path, changed('"IR"', '"QQ"'), "b.toml")
    write(tmp_path, "x =", "a.toml")
    file = write(tmp_path / "other")

    with pytest.raises(CatalogueError) as caught:
        load_catalogue([tmp_path / "nowhere", tmp_path, file])

    said = str(caught.value).splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        f"{tmp_path / 'nowhere'}", f"{tmp_path / 'a.toml'}:1", f"{tmp_path / 'b.toml'}:3", f"{file}",
    ]  # fmt: skip
    assert "There is no such folder" in said[0]
    assert "This is a file, not a folder" in said[3]


def test_an_empty_folder_holds_no_sources(tmp_path):
    assert load_catalogue([tmp_path]) == {}


@pytest.fixture
def catalogue(tmp_path):
    for name in ("tbzmed", "sammu", "samdu"):
        write(tmp_path, MINIMAL, f"{name}.toml")
    return load_catalogue([tmp_path])


def test_sources_are_found_in_the_order_asked_for_and_once(catalogue):
    assert [source.slug for source in find_sources(catalogue, ["tbzmed", "sammu", "tbzmed"])] == ["tbzmed", "sammu"]
    assert find_sources(catalogue, []) == ()


def test_unknown_names_are_told_together_with_the_nearest_and_the_command(catalogue):
    with pytest.raises(UnknownSource) as caught:
        find_sources(catalogue, ["sammu", "TBZMD", "qqq"])

    assert caught.value.names == ("TBZMD", "qqq")
    assert caught.value.suggestions == {"TBZMD": ("tbzmed",), "qqq": ()}
    assert str(caught.value).splitlines() == [
        'No source is called "TBZMD". Did you mean tbzmed?',
        'No source is called "qqq".',
        "List the sources with: elchi sources",
    ]


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import spiders.catalogue.errors", "pydantic babel cssselect scrapy sqlalchemy trafilatura"),
        ("import spiders.catalogue", "pydantic babel scrapy sqlalchemy trafilatura"),
        (
            "from spiders.catalogue import load_catalogue; load_catalogue()",
            "scrapy sqlalchemy trafilatura twisted lxml.html",
        ),
    ],
)
def test_what_is_not_needed_is_not_imported(code, absent):
    check = f"import sys; {code}; print([name for name in {absent.split()} if name in sys.modules])"

    assert subprocess.check_output([sys.executable, "-c", check], text=True).strip() == "[]"
