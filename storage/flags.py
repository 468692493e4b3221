"""What changed for the worse with a source: what its latest runs saw of it, against the runs before.

Pure: the runs of one source, oldest first, in; flags with their evidence out. docs/run-from-cron.md tells people when each is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, takewhile
from statistics import median

from storage.models import Capture
from storage.visits import BLOCKS, INSTEAD, NOTHING_SHOWN, UNREACHED, UNREAD, Visit

DAY = timedelta(days=1)

USUAL = 20
"""Runs, among those in which it answered, that say what is usual."""
ENOUGH_RUNS = 5
"""Runs in which it answered before anything but a block is judged."""
ENOUGH_PAGES = 5
"""Pages over which a share is judged; of a slow source, or where a run asks few, those of several runs together."""
ENOUGH_WRITTEN = 10
"""Articles over which a language is judged: five on one visit of guests may well be in theirs."""
ENOUGH_SHORT_LISTS = 3
"""Runs, one after another, in which an entry point shows few links before that is noticed."""
FILLED, EMPTY = 0.8, 0.3
"""A field that was filled in more than the first share of articles, and now in less than the second, has vanished."""
FEWEST_PAGES, SURPRISE = 2, 1e-4
"""Where all so far had what now none has, fewer pages are enough: as many as by chance would be without it less often than this."""
SURPRISE_OF_SELECTORS = 1e-2
"""The same of a selector: markup has it or has not, by no chance."""
COLLAPSED = 0.25
"""Texts, and lists, shorter than this part of the usual have collapsed."""
LEAST_SILENCE_DAYS = 14.0
SILENT_GAPS = 3
"""A silence counts from this many usual gaps between news, and half as much again as the longest."""

REMEDIES = {
    "blocked": "The site refuses us. Ask its operator; raise delay_seconds in the catalogue file. Elchi does not get around a block.",
    "no candidates": "Look whether the list was redesigned or moved, and correct the entry point in the catalogue file.",
    "few candidates": "Look whether the list was redesigned or moved, and correct the entry point in the catalogue file.",
    "no articles read": "Read a page by hand: elchi read URL. Selectors in the catalogue file may help.",
    "navigation as text": "Read one of these pages by hand: elchi read URL. Selectors in the catalogue file may help.",
    "titles vanished": "Read a new page by hand: elchi read URL. Set selectors.title in the catalogue file.",
    "dates vanished": "Read a new page by hand: elchi read URL. Set selectors.published in the catalogue file.",
    "bodies collapsed": "Read a new page by hand: elchi read URL. Set selectors.body in the catalogue file.",
    "selectors missed": "Read a new page by hand: elchi read URL --source NAME. Correct what it names under [selectors] in the "
    "catalogue file (title, body, published, modified, byline), or leave it out where Elchi finds the part by itself.",
    "language changed": "Look whether the site shows another of its languages now, and correct the entry point in the catalogue file.",
    "silent": "Look at the site: its news may have moved to another address. Correct the entry point in the catalogue file.",
}
"""By flag, what a person can do."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Captures that show it, None where the archive has none. before: from when it was well. after: since then."""

    before: Capture | None = None
    after: Capture | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that changed for the worse. before, after: the evidence in words; proof: in captures, see storage/evidence.py.

    well: the last run in which it was well, None where none of those looked at was.
    example: a URL to look at, None where no one page shows it.
    """

    name: str
    before: str
    after: str
    well: int | None = None
    example: str | None = None
    proof: Proof = Proof()

    @property
    def remedy(self) -> str:
        """What a person can do."""
        return REMEDIES[self.name]


def find_flags(visits: Sequence[Visit]) -> tuple[Flag, ...]:
    """What changed for the worse. While a source is learned, only a block is seen; while it is down, what it last showed counts."""
    found = [_blocked(visits)]
    answered = [visit for visit in visits if visit.answered]
    if len(answered) > ENOUGH_RUNS:
        judges = (
            _no_candidates,
            _few_candidates,
            _no_articles,
            _navigation,
            _titles,
            _dates,
            _bodies,
            _selectors,
            _language,
        )
        found += [*(each(answered[-USUAL - 1 :]) for each in judges), _silent(answered)]
    return tuple(flag for flag in found if flag is not None)


def gaps_between_news(visits: Sequence[Visit]) -> tuple[list[float], float]:
    """The days between runs that brought something new, and from the last of them to the last look for news."""
    news = [visit.at for visit in visits if visit.new]
    looked = [visit.at for visit in visits if visit.entries or visit.unchanged or visit.new]
    gaps = [(later - earlier) / DAY for earlier, later in pairwise(news)]
    return gaps, (looked[-1] - news[-1]) / DAY if news else 0.0


def _blocked(visits: Sequence[Visit]) -> Flag | None:
    """An entry point refused, and nothing else can have broken it; or refused for the most part, by now."""
    if not visits or not visits[-1].failed(BLOCKS):
        return None
    last, recent = visits[-1], _recent(visits, lambda visit: visit.asked)
    entry = last.broken and not last.failed((UNREACHED - BLOCKS) | NOTHING_SHOWN)
    asked = sum(visit.asked for visit in recent)
    refused = sum(visit.failed(BLOCKS) for visit in recent)
    if not entry and (asked < ENOUGH_PAGES or 2 * refused <= asked):
        return None
    names = [name for name in sorted(last.failures) if name in BLOCKS]
    what = ", ".join(f"{name} {last.failures[name]}" for name in names)
    after = f"{what} of {last.asked} requests"
    well = _last_well(visits, lambda visit: visit.answered and not visit.failed(BLOCKS))
    return Flag("blocked", "answered", after, well, _example(last, frozenset(names[:1])))


def _no_candidates(visits: Sequence[Visit]) -> Flag | None:
    """The entry points showed nothing when they last showed anything anew, where they mostly showed some."""
    told = [visit for visit in visits if visit.shown is not None]
    if not told or told[-1].shown:
        return None
    past, last = told[:-1], told[-1]
    if len(past) < ENOUGH_RUNS or 2 * sum(visit.shown is True for visit in past) <= len(past):
        return None
    counts = [visit.candidates for visit in past if visit.candidates]
    before = f"{median(counts):.0f} links in a usual run" if counts else "links in every usual run"
    well = _last_well(past, lambda visit: visit.shown is True)
    return Flag("no candidates", before, f"none in run {last.run}", well, _example(last, NOTHING_SHOWN))


def _few_candidates(visits: Sequence[Visit]) -> Flag | None:
    """Far fewer links than ever before, run after run, from the same entry points: which of them answers anew differs by the day.

    A feed may hold only the news of the week. So a run is compared with the fewest that one has shown before: what happens now and then
    is usual. A run that fills the archive shows more than usual.
    """
    told = [visit for visit in visits if visit.candidates and 2 * visit.new < visit.candidates]
    told = [visit for visit in told if visit.entries == told[-1].entries]
    if not told:
        return None
    counts = [visit.candidates or 0 for visit in told]
    usual = median(counts)
    few = list(takewhile(lambda count: count < COLLAPSED * usual, reversed(counts)))
    past = counts[: len(counts) - len(few)]
    if len(few) < ENOUGH_SHORT_LISTS or len(past) < ENOUGH_RUNS or max(few) >= COLLAPSED * min(past):
        return None
    well = told[len(past) - 1].run
    return Flag("few candidates", f"{usual:.0f} links in a usual run", f"{max(few)} at most in {len(few)} runs", well)


def _no_articles(visits: Sequence[Visit]) -> Flag | None:
    before, after, count = _shares(visits, lambda visit: visit.articles, lambda visit: visit.pages, ENOUGH_PAGES)
    if after >= EMPTY:  # what stands in a page's stead is seldom seen, so that less of it says as much
        before, after, count = _shares(
            visits, lambda visit: visit.pages - visit.failed(INSTEAD), lambda visit: visit.pages
        )
    if before <= 0.5 or after >= EMPTY:
        return None
    well = _last_well(visits, lambda visit: 2 * visit.articles > visit.pages)
    example = _example(visits[-1], UNREAD)
    return Flag("no articles read", f"{before:.0%} of pages read as articles", f"{after:.0%} of {count}", well, example)


def _navigation(visits: Sequence[Visit]) -> Flag | None:
    """Most of what used to be articles now reads as a list, or as nothing."""
    recent = _recent(visits, lambda visit: visit.revisited + visit.lost)
    lost = sum(visit.lost for visit in recent)
    seen = lost + sum(visit.revisited for visit in recent)
    if seen < ENOUGH_PAGES or 2 * lost <= seen:
        return None
    after = f"{lost} of them read as a list or as nothing"
    well = _last_well(visits, lambda visit: visit.articles > visit.lost)
    return Flag("navigation as text", f"{seen} pages were articles", after, well)


def _titles(visits: Sequence[Visit]) -> Flag | None:
    return _vanished("titles vanished", "with a title", visits, lambda visit: visit.titled)


def _dates(visits: Sequence[Visit]) -> Flag | None:
    return _vanished("dates vanished", "with a date", visits, lambda visit: visit.dated)


def _vanished(name: str, what: str, visits: Sequence[Visit], filled: Callable[[Visit], int]) -> Flag | None:
    before, after, count = _shares(visits, filled, lambda visit: visit.articles)
    if before <= FILLED or after >= EMPTY:
        return None
    well = _last_well(visits, lambda visit: filled(visit) > EMPTY * visit.articles)
    return Flag(name, f"{before:.0%} of articles {what}", f"{after:.0%} of the last {count}", well)


def _bodies(visits: Sequence[Visit]) -> Flag | None:
    recent = _recent(visits, lambda visit: visit.articles)
    past = [visit.body_length for visit in visits[: len(visits) - len(recent)] if visit.body_length is not None]
    lengths = [visit.body_length for visit in recent if visit.body_length is not None]
    if not past or not lengths or sum(visit.articles for visit in recent) < ENOUGH_PAGES:
        return None
    before, after = median(past), median(lengths)
    if after >= COLLAPSED * before:
        return None
    well = _last_well(visits, lambda visit: (visit.body_length or 0) >= COLLAPSED * before)
    return Flag("bodies collapsed", f"{before:.0f} characters in a usual text", f"{after:.0f} in the latest", well)


def _selectors(visits: Sequence[Visit]) -> Flag | None:
    """A selector of the catalogue file no longer finds its part. Where it never did, Elchi finds the part without it."""
    missed: dict[str, tuple[float, float, int]] = {}
    for name in sorted({name for visit in visits for name in visit.missed}):
        before, after, count = _shares(
            visits, _found_by(name), lambda visit: visit.articles, FEWEST_PAGES, SURPRISE_OF_SELECTORS
        )
        if before > FILLED and after < EMPTY:
            missed[name] = before, after, count
    if not missed:
        return None
    well = _last_well(visits, lambda visit: all(_found_by(name)(visit) > EMPTY * visit.articles for name in missed))
    usual = ", ".join(
        f"selectors.{name} found its part in {before:.0%} of articles" for name, (before, _, _) in missed.items()
    )
    latest = ", ".join(
        f"selectors.{name} in {after:.0%} of the last {count}" for name, (_, after, count) in missed.items()
    )
    return Flag("selectors missed", usual, latest, well)


def _found_by(name: str) -> Callable[[Visit], int]:
    """How many of a run's articles a selector did not miss."""
    return lambda visit: max(0, visit.articles - visit.missed.get(name, 0))


def _language(visits: Sequence[Visit]) -> Flag | None:
    """Nearly all was in one language, and nearly all is in another. A source of several languages has no usual one."""
    start = len(visits) - len(_recent(visits, lambda visit: visit.articles, ENOUGH_WRITTEN))
    now, after = _main_language(visits[start:])
    while start and visits[start - 1].language in {now, None}:
        start -= 1
    past, count = visits[:start], sum(visit.articles for visit in visits[start:])
    was, before = _main_language(past)
    if was in {now, None} or len(past) < ENOUGH_RUNS or min(before, after) <= FILLED or count < ENOUGH_WRITTEN:
        return None
    return Flag(
        "language changed",
        f"{was} in {before:.0%} of articles",
        f"{now} in {after:.0%} of the last {count}",
        _last_well(past, lambda visit: visit.language == was),
    )


def _main_language(visits: Sequence[Visit]) -> tuple[str | None, float]:
    """The language that has the largest share of articles, and that share: a mean over runs, lest the first outweigh all others."""
    written = [visit for visit in visits if visit.articles]
    shares = dict.fromkeys((visit.language for visit in written if visit.language), 0.0)
    for visit in written:
        if visit.language:
            shares[visit.language] += visit.language_share / len(written)
    return max(shares.items(), key=lambda each: each[1], default=(None, 0.0))


def _silent(visits: Sequence[Visit]) -> Flag | None:
    """Holidays do not cry wolf: a source is silent when it is so for much longer than it ever was."""
    gaps, silence = gaps_between_news(visits)
    if len(gaps) < ENOUGH_RUNS or silence < max(LEAST_SILENCE_DAYS, SILENT_GAPS * median(gaps), 1.5 * max(gaps)):
        return None
    before = f"news every {_days(median(gaps))}, {_days(max(gaps))} at the longest"
    return Flag("silent", before, f"none for {_days(silence)}", _last_well(visits, lambda visit: visit.new > 0))


def _recent(visits: Sequence[Visit], count: Callable[[Visit], int], enough: int = ENOUGH_PAGES) -> Sequence[Visit]:
    """The latest runs that together have enough to be judged; all where there are not enough."""
    total = 0
    for start in range(len(visits) - 1, -1, -1):
        total += count(visits[start])
        if total >= enough:
            return visits[start:]
    return visits


def _shares(
    visits: Sequence[Visit],
    part: Callable[[Visit], int],
    whole: Callable[[Visit], int],
    fewest: int = FEWEST_PAGES,
    surprise: float = SURPRISE,
) -> tuple[float, float, int]:
    """The usual share, the latest one, and over how many; 0, 1, 0 where there are too few of either.

    The usual is a median over runs: for as long as most of them were well, what is wrong does not become usual. fewest: how many may be
    enough where none of the latest has what all had. surprise: how seldom that may be chance.
    """
    recent = _surprising(visits, part, whole, fewest, surprise) or _recent(visits, whole)
    past = [part(visit) / whole(visit) for visit in visits[: len(visits) - len(recent)] if whole(visit)]
    count = sum(map(whole, recent))
    if not past or not recent:
        return 0.0, 1.0, 0
    return median(past), sum(map(part, recent)) / count, count


def _surprising(
    visits: Sequence[Visit],
    part: Callable[[Visit], int],
    whole: Callable[[Visit], int],
    fewest: int,
    surprise: float,
) -> Sequence[Visit]:
    """The latest runs in none of which anything has it, if that can be no chance; else none."""
    without = len(list(takewhile(lambda visit: not part(visit), reversed(visits))))
    past, latest = visits[: len(visits) - without], visits[len(visits) - without :]
    count = sum(map(whole, latest))
    usual = (sum(map(part, past)) + 1) / (sum(map(whole, past)) + 2)  # Laplace's rule of succession
    return latest if count >= fewest and (1 - usual) ** count < surprise else ()


def _last_well(visits: Sequence[Visit], well: Callable[[Visit], bool]) -> int | None:
    return next((visit.run for visit in reversed(visits) if well(visit)), None)


def _example(visit: Visit, failures: frozenset[str]) -> str | None:
    return next((url for name in sorted(failures) for url in visit.examples.get(name, ())), None)


def _days(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0") + (" day" if round(days, 1) == 1 else " days")
