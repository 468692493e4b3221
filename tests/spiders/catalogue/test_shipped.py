"""The sources that come with Elchi."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from spiders.catalogue import SHIPPED, Source, load_catalogue, load_source

FILES = sorted(SHIPPED.rglob("*.toml"))
FACTS = Path(__file__).parents[4] / "shared" / "catalogue.jsonl"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_source_loads_and_is_polite_and_honest(path):
    source = load_source(path)

    assert path.parent.name == source.institution.country.lower()
    assert source.delay_seconds >= 5
    assert not source.is_reserved
    assert source.facts.checked >= date(2026, 11, 22)
    assert source.facts.verified or len(source.facts.note) > 80
    assert set(source.languages) & set(source.institution.name)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Source]:
    return load_catalogue()


def test_the_seeds_institutions_are_there(catalogue):
    assert {"tbzmed", "sammu", "dsm"} <= set(catalogue)
    assert catalogue["tbzmed"].allows("https://tbzmed.ac.ir/Page/1/x.html?pageid=2")
    assert catalogue["sammu"].page_kind("https://www.sammu.uz/en/pages/center") == "page"
    assert catalogue["dsm"].entries[0].kind == "api"


def test_every_way_in_and_many_languages_are_there(catalogue):
    entries = [entry for source in catalogue.values() for entry in source.entries]
    languages = {language for source in catalogue.values() for language in source.languages}
    listings = [entry for entry in entries if entry.kind == "listing"]

    assert len(catalogue) >= 14
    assert {entry.kind for entry in entries} == {"feed", "sitemap", "listing", "api"}
    assert any(entry.next for entry in listings)
    assert any(entry.page_url for entry in listings)
    assert len(languages) >= 8
    assert {source.institution.kind for source in catalogue.values()} == {"university", "ministry"}


@pytest.mark.parametrize(
    ("slug", "url", "kind"),
    [
        ("tbzmed", "https://www.tbzmed.ac.ir/Page/12/%D8%AE%D8%A8%D8%B1.html?pageid=12", "article"),
        ("adchti", "https://adchti.uz/2024/05/17/xalqaro-hamkorlik/", "article"),
        ("samdu", "https://samdu.uz/cy/news/123", "article"),
        ("samdu", "https://samdu.uz/uz/news", None),
        ("tashenev", "https://tashenev.edu.kz/en/news/12-03-2024", "article"),
        ("kaznu", "https://welcome.kaznu.kz/kz/3/news/one/77/", "article"),
        ("manas", "https://manas.edu.kg/kg/news/5", "article"),
        ("bsu", "http://bsu.edu.az/az/news/bdu_x", "article"),
        ("bsu", "http://bsu.edu.az/az/news?page=2", None),
        ("univ-tlemcen", "https://univ-tlemcen.dz/actualites/9/x", "article"),
        ("ufsm", "https://www.ufsm.br/2024/05/17/x", "article"),
        ("nwnu", "https://www.nwnu.edu.cn/_t7/2024/0308/c12a345/page.htm", "article"),
        ("uni-trier", "https://www.uni-trier.de/mitteilungen/x?tx_news_pi1%5Bnews%5D=7&cHash=0a", "article"),
        ("unibo-magazine", "https://magazine.unibo.it/archivio/2024/05/17/x", "article"),
        ("dsm", "https://www.gov.kz/memleket/entities/dsm/press/news/details/7?lang=kk", "article"),
        ("dsm", "https://www.gov.kz/memleket/entities/sci/press/news/details/7?lang=kk", None),
    ],
)
def test_the_forms_of_addresses(catalogue, slug, url, kind):
    assert catalogue[slug].allows(url)
    assert catalogue[slug].page_kind(url) == kind


def test_the_hosts_are_those_that_are_known(catalogue):
    if not FACTS.exists():
        pytest.skip(f"{FACTS} is missing: the list of known institutions")
    known = {
        json.loads(line)["url"].split("/")[2].removeprefix("www.")
        for line in FACTS.read_text(encoding="utf-8").splitlines()
    }

    for source in catalogue.values():
        assert {host.removeprefix("www.") for host in source.hosts} & known, source.slug
