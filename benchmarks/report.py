"""The figures as tables that a person reads, each beside its target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.hostile import GOOD_ARTICLES, MOST_MEGABYTES, MOST_SECONDS

LEAST_ARTICLES = 1000
"""From so many articles on what a first and a second crawl cost is compared with its target."""

Row = tuple[str, str, str, bool | None]
"""What was measured, the figure, its target, and whether it is met."""


def print_report(results: dict[str, Any]) -> None:
    """Print every part that was measured."""
    console = Console(width=130, highlight=False)
    about = results["about"]
    console.print(
        f"{about['hosts']} hosts, {about['articles']} articles, {about['processors']} processors, Python {about['python']}"
    )
    if "farm" in results:
        console.print(f"the farm alone serves {results['farm']['pages_a_second']:.0f} pages a second to one reader")
    for name, show in (("speed", _speed), ("parts", _parts), ("hostile", _hostile)):
        if name in results:
            console.print(show(results[name]))
    for name, reason in results.get("missing", {}).items():
        console.print(f"{name} was not measured: {reason}")
    rows = [row for name, judge in _JUDGES.items() if name in results for row in judge(results[name])]
    if rows:
        is_small = bool(results.keys() & {"speed", "parts", "second"}) and about["articles"] < LEAST_ARTICLES
        console.print(_targets(rows, judged=not is_small))
        if is_small:
            console.print(f"Not judged: below {LEAST_ARTICLES} articles start-up is most of what is measured.")


def _speed(speed: dict[str, dict[str, Any]]) -> Table:
    table = Table(box=None, title="first crawl, medians", title_justify="left")
    for name in (
        "",
        "runs",
        "fetched",
        "kept",
        "wall s",
        "CPU s",
        "pages/s",
        "CPU ms/page",
        "Elchi is faster: wall",
        "CPU",
    ):
        table.add_column(name, justify="right" if name else "left")
    for name, each in speed.items():
        ratios = [f"{each[key]:.2f}x" if each[key] else "" for key in ("ratio_wall", "ratio_cpu")]
        figures = (each["wall"], each["cpu"], each["pages_a_second"], each["cpu_milliseconds_a_page"])
        table.add_row(
            name,
            str(each["runs"]),
            f"{each['fetched']:.0f}",
            f"{each['kept']:.0f}",
            *(f"{figure:.1f}" for figure in figures),
            *ratios,
        )
    return table


def _parts(parts: dict[str, Any]) -> Table:
    table = Table(box=None, title=f"CPU of one crawl of {parts['kept']} articles by part", title_justify="left")
    for name in ("", "ms/page", "share"):
        table.add_column(name, justify="right" if name else "left")
    for part, share in sorted(parts["share"].items(), key=lambda each: -each[1]):
        table.add_row(part, f"{parts['milliseconds_a_page'][part]:.2f}", f"{share:.1%}")
    return table


def _hostile(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, title="hostile pages, a crawl each", title_justify="left")
    for name in (
        "",
        "as",
        "ended in",
        "tries",
        "s a try",
        "asked after it",
        "main MB",
        "reader MB",
        "longest silence s",
        "good site",
    ):
        table.add_column(name, justify="left" if name in {"", "as", "ended in"} else "right")
    for row in rows:
        counts = (
            row["tries"],
            f"{row['seconds']:.1f}",
            row["followed"],
            *(f"{row[name]:.0f}" for name in ("main", "reader")),
        )
        table.add_row(
            row["name"],
            row["kind"],
            row["outcome"],
            *map(str, counts),
            f"{row['silence']:.1f}",
            f"{row['good_kept']} of {GOOD_ARTICLES}",
        )
    return table


def _targets(rows: list[Row], *, judged: bool) -> Table:
    table = Table(box=None, title="targets", title_justify="left")
    for name in ("", "measured", "target", ""):
        table.add_column(name)
    words = {True: "met", False: "[red]missed[/]", None: ""}
    for what, measured, target, met in rows:
        table.add_row(what, measured, target, words[met if judged else None])
    return table


def _judge_speed(speed: dict[str, dict[str, Any]]) -> list[Row]:
    least = {"baseline": 1.7, "news-please": 5.0}
    return [
        (
            f"faster than {name}",
            f"{speed[name]['ratio_wall']:.2f}x wall, {speed[name]['ratio_cpu']:.2f}x CPU",
            f"{ratio}x pages/s",
            speed[name]["ratio_wall"] >= ratio,
        )
        for name, ratio in least.items()
        if speed.get(name, {}).get("ratio_wall")
    ]


def _judge_parts(parts: dict[str, Any]) -> list[Row]:
    return [
        ("WARC, duplicates, database, index", f"{parts['keeping']:.1%} of CPU", "under 15 %", parts["keeping"] < 0.15)
    ]


def _judge_second(second: dict[str, Any]) -> list[Row]:
    asked, entries, share = second["asked_without_robots"], second["entry_points"], second["cpu_share"]
    return [
        (
            "second crawl asks",
            f"{asked} (and {second['asked'].get('robots', 0)} robots.txt)",
            f"{entries} entry points",
            asked <= entries,
        ),
        ("second crawl costs", f"{share:.1%}, {second['second_cpu']:.1f} CPU s", "5 % of the first", share <= 0.05),
    ]


def _judge_memory(memory: dict[str, Any]) -> list[Row]:
    rows = []
    for name, most in (("main", 400), ("worker", 500)):
        peak = memory[f"{name}_peak"]
        rows.append((f"{name} peak", f"{peak:.0f} MB", f"under {most} MB", peak < most))
    for name in ("main", "workers"):
        half, end = memory[f"{name}_at_half"], memory[f"{name}_at_end"]
        rows.append((f"{name}, half to end", f"{half:.0f} to {end:.0f} MB", "flat (5 %)", end <= 1.05 * half))
    return rows


def _judge_days(days: dict[str, Any]) -> list[Row]:
    breaks, flagged = days["breaks"], days["breaks_flagged"]
    return [
        (
            f"recall over {days['days']} days",
            f"{days['recall']:.2%} of {days['articles']}",
            "99.5 %",
            days["recall"] >= 0.995,
        ),
        ("requests for a new article", f"{days['requests_per_new']:.2f}", "1.3", days["requests_per_new"] <= 1.3),
        ("breaks flagged in their run", f"{flagged} of {breaks}", "all", flagged == breaks),
        ("breaks flagged by the next run", f"{flagged + days['breaks_flagged_late']} of {breaks}", "", None),
        ("false alarms", str(days["false_alarms"]), "at most 1", days["false_alarms"] <= 1),
        (
            "doubled, or no article",
            f"{days['doubled']}, {days['strange']}",
            "none",
            days["doubled"] + days["strange"] == 0,
        ),
        ("text unlike the page's", str(days["wrong_text"]), "none", days["wrong_text"] == 0),
        *(
            (what, f"{days[part]} of {days[whole]}", "", None)
            for what, part, whole in (
                ("edits followed", "edits_followed", "edits"),
                ("deletions noticed", "deleted_noticed", "deleted"),
                ("backdated articles kept", "backdated_kept", "backdated"),
            )
        ),
    ]


def _judge_polite(polite: dict[str, Any]) -> list[Row]:
    measured = f"{polite['smallest_gap']:.3f} s, {polite['too_close']} of {polite['requests']} too close"
    return [("smallest gap, two crawls at once", measured, f"{polite['promised']:g} s", polite["too_close"] == 0)]


def _judge_kills(kills: dict[str, Any]) -> list[Row]:
    lost, doubled, wrong, files = (kills[name] for name in ("lost", "doubled", "wrong_text", "warc_files_invalid"))
    measured = f"{lost} lost, {doubled} doubled, {wrong} wrong, {len(files)} WARC files bad"
    bad = lost + doubled + wrong + len(files)
    return [(f"{kills['kills']} kills, {kills['kills_in_mid_crawl']} of them in mid-crawl", measured, "none", bad == 0)]


def _judge_hostile(rows: list[dict[str, Any]]) -> list[Row]:
    slowest, largest = max(row["seconds"] for row in rows), max(max(row["main"], row["reader"]) for row in rows)
    complete = sum(row["good_kept"] == GOOD_ARTICLES for row in rows)
    return [
        ("slowest hostile page", f"{slowest:.1f} s", f"{MOST_SECONDS} s", slowest <= MOST_SECONDS),
        ("largest process", f"{largest:.0f} MB", f"{MOST_MEGABYTES} MB", largest <= MOST_MEGABYTES),
        ("good site complete beside it", f"{complete} of {len(rows)}", "all", complete == len(rows)),
    ]


_JUDGES: dict[str, Callable[[dict[str, Any]], list[Row]]] = {
    "speed": _judge_speed,
    "parts": _judge_parts,
    "second": _judge_second,
    "memory": _judge_memory,
    "days": _judge_days,
    "polite": _judge_polite,
    "kills": _judge_kills,
    "hostile": _judge_hostile,
}
