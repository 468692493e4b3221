"""Lists in JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spiders.catalogue.entry import Api, Listed
from spiders.discovery import NotAsExpected
from spiders.discovery.api import look_up
from storage.candidate import Candidate
from tests.spiders.discovery.sources import ROOT, found_in

API = Api(
    kind="api",
    url=f"{ROOT}/api/news?page={{page}}",
    pages=3,
    items="data.items",
    page=f"{ROOT}/news/{{id}}?lang={{meta.language}}",
    listed=Listed(title="title", published="created.at"),
)


def answer(*records: Any) -> str:
    return json.dumps({"data": {"items": records}})


def record(**changes: Any) -> dict[str, Any]:
    return {"id": 7, "title": "A visit", "created": {"at": "2025-03-12"}, "meta": {"language": "kk"}} | changes


def test_records_become_candidates() -> None:
    found = found_in(API, answer(record(), record(id="a b/ü", title=None, created=None)))
    assert found.candidates == (
        Candidate(f"{ROOT}/news/7?lang=kk", "A visit", "2025-03-12"),
        Candidate(f"{ROOT}/news/a%20b/%C3%BC?lang=kk", None, None),
    )


@pytest.mark.parametrize("depth", [0, 1, 20])
def test_the_list_goes_on_while_it_has_records(depth: int) -> None:
    assert found_in(API, answer(record()), depth=depth).next_url == f"{ROOT}/api/news?page={depth + 2}"


def test_a_page_without_records_is_the_end() -> None:
    found = found_in(API, answer())
    assert (found.candidates, found.next_url) == ((), None)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html></html>", "does not answer in JSON"),
        ("", "does not answer in JSON"),
        ("{}", "no list at items = 'data.items'"),
        ('{"data": {"items": {"id": 7}}}', "no list at items"),
        ('{"data": null}', "no list at items"),
        (answer({"title": "no id"}), "a record has no 'id'"),
        (answer("no record"), "a record has no 'id'"),
        (answer(record(meta={})), "a record has no 'meta.language'"),
        (answer(record(id=None)), "a record has no 'id'"),
    ],
)
def test_what_is_not_as_the_catalogue_says_is_refused(body: str, words: str) -> None:
    with pytest.raises(NotAsExpected, match=words):
        found_in(API, body)


def test_a_record_cannot_lead_elsewhere() -> None:
    api = API.model_copy(update={"page": f"{ROOT}{{path}}"})
    assert found_in(api, answer({"path": "@elsewhere.test/news/1"}, {"path": ".elsewhere.test/"})).candidates == ()


def test_signs_that_no_database_takes_are_left_out() -> None:
    """PostgreSQL refuses NUL, and half a surrogate pair is no text."""
    body = json.dumps({"data": {"items": [record(title="A\x00 visit \ud800")]}})
    [candidate] = found_in(API, body).candidates
    assert candidate.anchor == "A visit"


def test_a_path_leads_into_lists_and_objects() -> None:
    document = {"data": [{"title": "one"}, {"title": "two"}]}
    assert look_up(document, "data.1.title") == "two"
    assert look_up(document, "") is document
    for missing in ("data.2.title", "data.x", "nothing", "data.1.title.deeper"):
        assert look_up(document, missing) is None
