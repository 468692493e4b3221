"""Countries are found in the sentences of our own, in both halves, as well as promised."""

from __future__ import annotations

import json

import pytest

from benchmarks import countries
from benchmarks.countries import HALVES, Half, Sentence, cldr_names, mistakes, ours, score, sentences


@pytest.mark.parametrize("half", HALVES)
def test_f1_is_what_was_promised(half: Half) -> None:
    told = sentences(half)
    assert score(told, ours).f1 >= 0.95, [(each.text, found) for each, found in mistakes(told)]
    assert score(told, ours).f1 > score(told, cldr_names).f1


@pytest.mark.parametrize("half", ["tuning", "aside"])
def test_a_half_is_large_and_in_many_languages(half: Half) -> None:
    told = sentences(half)
    assert len(told) >= 200
    assert len({each.language for each in told}) >= 20
    assert sum(not each.codes for each in told) > 50


def test_the_halves_share_no_sentence() -> None:
    texts = [each.text for half in HALVES for each in sentences(half)]
    assert len(set(texts)) == len(texts)


def test_a_score_counts_each_country_once() -> None:
    told = [Sentence("en", "KZ", ("FR", "DE"), "France and Spain"), Sentence("en", "KZ", (), "Nobody.")]
    one = score(told, ours)
    assert (one.right, one.wrong, one.missed) == (1, 1, 1)
    assert one.to_json()["f1"] == 0.5


def test_it_prints_and_gives_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    few = {half: [each for each in sentences(half) if each.language == "ky"] for half in HALVES}
    monkeypatch.setattr(countries, "sentences", few.__getitem__)
    monkeypatch.setattr("sys.argv", ["countries", "--json"])
    countries.main()
    results = json.loads(capsys.readouterr().out)
    assert set(results["halves"]) == set(HALVES)
    assert results["languages"]["ky"]["aside"]["right"] > 0
    monkeypatch.setattr("sys.argv", ["countries"])
    countries.main()
    assert "CLDR names" in capsys.readouterr().out
