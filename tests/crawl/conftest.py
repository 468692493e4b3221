"""A crawl of the whole sample web, shared by every test that only looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.command import ROOT, Done, Elchi
from tests.sample_web import Asked, SampleWeb

CATALOGUE = ROOT / "tests" / "sample_web" / "catalogue"


@dataclass(frozen=True)
class Crawl:
    """One crawl. asked: what the server saw. records: the archive after it."""

    elchi: Elchi
    done: Done
    asked: tuple[Asked, ...]
    records: tuple[dict[str, Any], ...]


def crawl_sample_web(web: SampleWeb, elchi: Elchi) -> Crawl:
    before = len(web.requests)
    done = elchi.crawl()
    return Crawl(elchi, done, tuple(web.requests[before:]), tuple(elchi.export()))


@pytest.fixture(scope="session")
def sample_web() -> Iterator[SampleWeb]:
    """Served for the whole session: leave its delay and its hosts as you found them."""
    with SampleWeb() as web:
        yield web


@pytest.fixture(scope="session")
def first_crawl(sample_web: SampleWeb, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """The first crawl of the whole sample web."""
    home: Path = tmp_path_factory.mktemp("sample-web")
    elchi = Elchi(home, CATALOGUE, sample_web.proxy).with_settings(ELCHI_CONTACT="archive@elchi.example")
    return crawl_sample_web(sample_web, elchi)


@pytest.fixture(scope="session")
def second_crawl(sample_web: SampleWeb, first_crawl: Crawl) -> Crawl:
    """The same again, right afterwards, into the same archive."""
    return crawl_sample_web(sample_web, first_crawl.elchi)
