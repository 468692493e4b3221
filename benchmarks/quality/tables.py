"""What was measured as tables that a person reads, each target met or missed."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.quality.targets import judge

NOT_JUDGED = "A quick look has a few pages of each corpus, and is not judged: its figures stand beside the targets for orientation."


TAUGHT = (
    "Elchi's judge of lines was taught with these corpora but for hd_mediacloud, traf_meta and dates_synth: its texts here are flattering."
    " The figures that count are cross-validated, by benchmarks/train_body.py; docs/benchmarks.md has both."
)


def print_results(results: dict[str, Any]) -> None:
    """Print every part that was measured."""
    console = Console(width=150, highlight=False)
    about = results["about"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    console.print(f"{about['pages']} pages, Python {about['python']}, {about['processors']} processors; {versions}")
    for name, reason in results.get("missing", {}).items():
        console.print(f"{name} was not measured: {reason}")
    if "quality" in results:
        _print_quality(console, results["quality"])
    if "rules" in results:
        console.print(_rules(results["rules"]))
    if "cost" in results:
        _print_cost(console, results["cost"])
    console.print(_targets(results))
    if "quality" in results or "rules" in results:
        console.print(TAUGHT)
    if about["quick"]:
        console.print(NOT_JUDGED)


def _print_quality(console: Console, quality: dict[str, Any]) -> None:
    console.print(_engines(quality))
    for title, key in (("text F1 by corpus", "f1"), ("titles by corpus", "title")):
        console.print(_by(quality, "by_corpus", title, key))
    console.print(_by(quality, "by_corpus", "dates by corpus, right / wrong", "date"))
    console.print(_by(quality, "by_language", "text F1 by language", "f1"))
    console.print(_by(quality, "by_language", "dates by language, right / wrong", "date"))


def _engines(quality: dict[str, Any]) -> Table:
    table = _table(
        "all pages",
        "engine",
        "F1",
        "precision",
        "recall",
        "empty",
        "titles",
        "dates",
        "failed on",
        "CPU ms mean",
        "median",
    )
    for name, each in quality.items():
        all_of = each["all"]
        figures = [_share(all_of[key]) for key in ("f1", "precision", "recall", "empty", "title")]
        cost = [f"{each['mean_ms']:.1f}", f"{each['median_ms']:.1f}"]
        table.add_row(name, *figures, _date(all_of), str(each["errors"]), *cost)
    return table


def _by(quality: dict[str, Any], group: str, title: str, key: str) -> Table:
    first = next(iter(quality.values()))[group]
    has = "date_right" if key == "date" else key
    names = [name for name in first if any(each[group][name][has] is not None for each in quality.values())]
    table = _table(title, "", "pages", *quality)
    for name in names:
        cells = [each[group][name] for each in quality.values()]
        shown = [_date(cell) if key == "date" else _share(cell[key]) for cell in cells]
        table.add_row(name, str(first[name]["pages"]), *shown)
    return table


def _rules(rules: dict[str, Any]) -> Table:
    table = _table(
        "with a source's selectors, and without", "", "pages", "F1", "without", "titles", "without", "dates", "without"
    )
    one, two = rules["rules"], rules["without"]
    rows = {**one["by_publisher"], "all": one["all"]}
    for name, each in rows.items():
        other = two["all"] if name == "all" else two["by_publisher"][name]
        shares = (_share(each["f1"]), _share(other["f1"]), _share(each["title"]), _share(other["title"]))
        table.add_row(name, str(each["pages"]), *shares, _date(each), _date(other))
    return table


LABELS = {"trafilatura": "trafilatura", "without": "elchi, without rules", "rules": "elchi, by rules"}


def _print_cost(console: Console, cost: dict[str, Any]) -> None:
    title = f"CPU, medians of {cost['rounds']} rounds in alternation"
    table = _table(title, "", "pages", "ms mean", "median", "of trafilatura's: mean", "median")
    for name, label in LABELS.items():
        if name in cost:
            table.add_row(label, *_costs(cost[name]))
    console.print(table)
    parts = _table("CPU of a page by part (stopwatches cost a little themselves)", "part", "ms mean", "share")
    whole = sum(cost["parts"].values())
    for name, milliseconds in sorted(cost["parts"].items(), key=lambda part: -part[1]):
        parts.add_row(name, f"{milliseconds:.2f}", f"{milliseconds / whole:.1%}")
    console.print(parts)
    columns = ("pages", "ms mean", "median", "of trafilatura's: mean", "median", "mean of the mean page")
    languages = _table("CPU by language, without rules", "language", *columns)
    mean = cost["without"]["mean_ms"]
    for name, each in sorted(cost["by_language"].items(), key=lambda language: -language[1]["mean_ms"]):
        languages.add_row(name, *_costs(each), f"{each['mean_ms'] / mean:.2f}")
    console.print(languages)


def _costs(each: dict[str, Any]) -> tuple[str, ...]:
    ratios = f"{each['ratio_mean']:.2f}", f"{each['ratio_median']:.2f}"
    return str(each["pages"]), f"{each['mean_ms']:.1f}", f"{each['median_ms']:.1f}", *ratios


def _targets(results: dict[str, Any]) -> Table:
    table = _table("targets", "", "figure", "target", "")
    for name, figure, target, is_met in judge(results):
        table.add_row(name, f"{figure:.3f}", target, "met" if is_met else "missed")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(box=None, title=title, title_justify="left")
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left")
    return table


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _date(each: dict[str, Any]) -> str:
    return "" if each["date_right"] is None else f"{each['date_right']:.3f} / {each['date_wrong']:.3f}"
