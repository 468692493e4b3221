"""What is to be reached, and whether it is."""

from __future__ import annotations

from typing import Any

F1 = {"fundus": 0.960, "fundus_eval": 0.968, "aeb": 0.970, "wcxb": 0.950, "daniel": 0.930, "mlgov": 0.980, "enc": 0.920}
TITLES = {"fundus": 0.85, "wcxb": 0.88, "mlgov": 0.90}
DATES = {"hd_mediacloud": (0.94, 0.03), "mlgov": (0.97, 0.02)}
"""By corpus: the least share of right dates, and the largest of wrong ones."""
WITH_RULES = 0.985
COST = {"rules": ("by rules", 0.6), "without": ("without rules", 1.3)}
"""CPU, of trafilatura's on the same pages."""
SLOWEST_LANGUAGE = 2.0
"""CPU of a language's page, of the mean page."""
PEER = "trafilatura"
"""Whose text F1 no corpus may fall below."""
ENC_SINGLE = frozenset({"zh", "ja", "ko"})
ENC_OTHERS = 0.95
"""Of enc without Chinese, Japanese and Korean."""

Row = tuple[str, float, str, bool]
"""What was measured, the figure, its target in words, and whether it is met."""


def judge(results: dict[str, Any]) -> list[Row]:
    """Every target whose figure was measured."""
    rows = [*_quality(results["quality"]), *_peer(results["quality"])] if "quality" in results else []
    if "rules" in results and results["rules"]["rules"]["all"]["f1"] is not None:
        rows.append(_least("text F1 with a source's selectors", results["rules"]["rules"]["all"]["f1"], WITH_RULES))
    return rows + (_cost(results["cost"]) if "cost" in results else [])


def _quality(quality: dict[str, Any]) -> list[Row]:
    if "elchi" not in quality:
        return []
    corpora = quality["elchi"]["by_corpus"]
    rows = [_least(f"text F1, {name}", corpora[name]["f1"], least) for name, least in F1.items() if name in corpora]
    if (others := quality["elchi"].get("enc_others")) is not None and others["f1"] is not None:
        rows.append(_least("text F1, enc without zh, ja, ko", others["f1"], ENC_OTHERS))
    rows += [_most(f"empty texts, {name}", corpora[name]["empty"], 0.0) for name in F1 if name in corpora]
    rows += [
        _least(f"titles, {name}", corpora[name]["title"], least) for name, least in TITLES.items() if name in corpora
    ]
    for name, (right, wrong) in DATES.items():
        if name in corpora:
            rows.append(_least(f"dates right, {name}", corpora[name]["date_right"], right))
            rows.append(_most(f"dates wrong, {name}", corpora[name]["date_wrong"], wrong))
    return rows


def _peer(quality: dict[str, Any]) -> list[Row]:
    if "elchi" not in quality or "by_corpus" not in quality.get(PEER, {}):
        return []
    ours, theirs = quality["elchi"]["by_corpus"], quality[PEER]["by_corpus"]
    texts = [name for name in ours if theirs[name]["f1"] is not None]
    return [_least(f"text F1, {name}, not below {PEER}", ours[name]["f1"], theirs[name]["f1"]) for name in texts]


def _cost(cost: dict[str, Any]) -> list[Row]:
    rows = [
        _most(f"CPU of trafilatura's, elchi {label}, {average} page", cost[name][f"ratio_{average}"], most)
        for name, (label, most) in COST.items()
        if name in cost
        for average in ("mean", "median")
    ]
    means = {name: each["mean_ms"] for name, each in cost["by_language"].items()}
    if means:
        slowest = max(means, key=lambda name: means[name])
        ratio = means[slowest] / cost["without"]["mean_ms"]
        rows.append(_most(f"CPU of the slowest language, {slowest}, of the mean", ratio, SLOWEST_LANGUAGE))
    return rows


def _least(name: str, figure: float, least: float) -> Row:
    return name, figure, f"at least {least:.3f}", figure >= least


def _most(name: str, figure: float, most: float) -> Row:
    return name, figure, f"at most {most:.3f}", figure <= most
