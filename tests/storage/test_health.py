"""What is noticed of a source, in histories made up day by day, and in those of a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import runs
from storage.database import Database
from storage.evidence import MARKS
from storage.flags import ENOUGH_RUNS, REMEDIES, find_flags
from storage.health import KEPT, Health, Visit, judge, source_health
from storage.runs import SourceTally
from storage.visits import carry_over
from tests.storage.saving import NOON, Saving

LIST, FEED_URL = "http://uni.example/news", "http://uni.example/feed"
WELL = Visit(
    run=0,
    at=NOON,
    asked=12,
    new=2,
    other=1,
    candidates=40,
    articles=10,
    titled=10,
    dated=10,
    body_length=2000,
    language="fa",
    language_share=0.9,
    entries=frozenset({LIST}),
)
NOTHING_NEW = Visit(run=0, at=NOON, asked=2, unchanged=frozenset({LIST}))
"""Every entry point said 304."""
DOWN = Visit(run=0, at=NOON, asked=1, failures={"timeout": 1}, broken=True)


def days(*visits: Visit, each: float = 1) -> list[Visit]:
    """The visits, one after another."""
    return [
        replace(visit, run=number, at=NOON + timedelta(days=number * each))
        for number, visit in enumerate(visits, start=1)
    ]


def names(visits: list[Visit]) -> list[str]:
    return [flag.name for flag in find_flags(visits)]


BROKEN = {
    "no candidates": replace(NOTHING_NEW, candidates=0, failures={"no links": 1}, broken=True),
    "no articles read": replace(WELL, new=0, articles=1, titled=1, dated=1, other=9),
    "navigation as text": replace(WELL, articles=4, titled=4, dated=4, lost=5),
    "titles vanished": replace(WELL, titled=2),
    "dates vanished": replace(WELL, dated=0),
    "bodies collapsed": replace(WELL, body_length=480),
    "selectors missed": replace(WELL, missed={"body": 10, "title": 2}),
    "language changed": replace(WELL, language="en"),
    "blocked": replace(
        NOTHING_NEW, failures={"forbidden": 2}, examples={"forbidden": ("http://uni.example/news",)}, broken=True
    ),
}
"""By flag, the run in which it happens."""


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_breaks_is_flagged_in_the_run_in_which_it_happens(name: str) -> None:
    health = judge(days(*[WELL] * 10, BROKEN[name]))
    assert (health.state, [flag.name for flag in health.flags], health.newly) == ("flagged", [name], (name,))
    (flag,) = health.flags
    assert flag.before != flag.after
    assert flag.remedy == REMEDIES[name]


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_stays_broken_is_told_once_and_shown_until_it_is_mended(name: str) -> None:
    history = days(*[WELL] * 20, *[BROKEN[name]] * 5, WELL)
    for broken in range(22, 26):
        health = judge(history[:broken])
        assert ([flag.name for flag in health.flags], health.newly) == ([name], ())
    assert names(history) == []


@pytest.mark.parametrize("name", sorted(set(BROKEN) - {"blocked"}))
def test_nothing_is_flagged_while_a_source_is_learned(name: str) -> None:
    assert judge(days(*[WELL] * (ENOUGH_RUNS - 1), BROKEN[name])).flags == ()
    assert judge(days(*[WELL] * ENOUGH_RUNS, BROKEN[name])).state == "flagged"


def test_every_flag_is_tried_here() -> None:
    assert {*BROKEN, "silent", "few candidates"} == set(REMEDIES) == set(MARKS)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_flag_knows_the_last_run_in_which_all_was_well(name: str) -> None:
    history = days(*[WELL] * 10, *[BROKEN[name]] * 3)
    assert [flag.well for flag in find_flags(history)] == [10]


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_mended_is_told_once(name: str) -> None:
    history = days(*[WELL] * 20, *[BROKEN[name]] * 2, WELL, WELL)
    assert [judge(history[:count]).recovered for count in (22, 23, 24)] == [(), (name,), ()]


def test_evidence_says_what_was_and_what_is() -> None:
    def told(name: str) -> tuple[str, str]:
        (flag,) = find_flags(days(*[WELL] * 10, BROKEN[name]))
        return flag.before, flag.after

    assert told("language changed") == ("fa in 90% of articles", "en in 90% of the last 10")
    assert told("dates vanished") == ("100% of articles with a date", "0% of the last 10")
    assert told("bodies collapsed") == ("2000 characters in a usual text", "480 in the latest")
    assert told("selectors missed") == (
        "selectors.body found its part in 100% of articles",
        "selectors.body in 0% of the last 10",
    )
    assert told("no candidates") == ("40 links in a usual run", "none in run 11")
    assert told("navigation as text") == ("7 pages were articles", "5 of them read as a list or as nothing")
    (blocked,) = find_flags([BROKEN["blocked"]])
    assert (blocked.after, blocked.example) == ("forbidden 2 of 2 requests", "http://uni.example/news")


@pytest.mark.parametrize(
    "last",
    [
        replace(WELL, articles=1, titled=0, dated=0, new=1, body_length=10, other=0),
        replace(WELL, titled=4, dated=4),
        replace(WELL, body_length=501),
        replace(WELL, missed={"body": 6, "published": 7}),
        replace(WELL, other=20),
        replace(WELL, lost=5),
        replace(WELL, failures={"forbidden": 1, "timeout": 2}),
        replace(NOTHING_NEW, failures={"forbidden": 1}),
        NOTHING_NEW,
    ],
    ids=[
        "few",
        "half filled",
        "shorter",
        "some selectors",
        "other pages",
        "some lost",
        "one forbidden",
        "one of two",
        "304",
    ],
)
def test_what_happens_to_any_source_is_no_news(last: Visit) -> None:
    assert names(days(*[WELL] * 20, last)) == []


@pytest.mark.parametrize(
    ("history", "dated", "count", "flagged"),
    [
        (20, 10, 2, True),  # 200 articles, each with a date, and now two without
        (20, 10, 1, False),
        (20, 9, 2, False),  # one in ten has never had one
        (20, 9, 5, True),
        (6, 10, 2, False),  # 60 say less than 200
        (6, 10, 3, True),
    ],
)
def test_the_surer_what_is_usual_the_fewer_pages_are_enough(
    history: int, dated: int, count: int, flagged: bool
) -> None:
    usual, last = (
        replace(WELL, articles=10, titled=10, dated=dated),
        replace(WELL, articles=count, titled=count, dated=0),
    )
    assert names(days(*[usual] * history, last)) == (["dates vanished"] if flagged else [])


def test_what_few_pages_have_shown_stays_until_it_is_mended() -> None:
    usual, undated = replace(WELL, articles=10, titled=10, dated=10), replace(WELL, articles=2, titled=2, dated=0)
    assert names(days(*[usual] * 20, undated, replace(undated, articles=1, titled=1))) == ["dates vanished"]
    assert names(days(*[usual] * 20, undated, replace(undated, articles=3, titled=3, dated=3))) == []


def test_two_pages_that_a_script_draws_are_enough() -> None:
    drawn = replace(WELL, articles=0, titled=0, dated=0, new=0, other=0, failures={"needs javascript": 2})
    assert names(days(*[WELL] * 20, drawn)) == ["no articles read"]
    assert names(days(*[WELL] * 20, replace(drawn, failures={"reader timeout": 2}))) == []


def test_two_articles_that_a_selector_misses_are_enough_where_it_found_all() -> None:
    two = replace(WELL, new=2, articles=2, titled=2, dated=2)
    assert names(days(*[WELL] * 6, replace(two, missed={"title": 2}))) == ["selectors missed"]
    assert names(days(*[WELL] * 6, replace(two, missed={"title": 1}))) == []
    assert names(days(*[WELL] * 6, replace(two, articles=1, titled=1, dated=1, missed={"title": 1}))) == []
    seldom = replace(WELL, missed={"title": 2})
    assert names(days(*[seldom] * 6, replace(two, missed={"title": 2}))) == [], "by chance"


def test_a_selector_that_never_found_anything_is_not_flagged() -> None:
    missing = replace(WELL, missed={"byline": 10})
    assert names(days(*[missing] * 20)) == []


def test_several_selectors_are_told_as_one() -> None:
    (flag,) = find_flags(days(*[WELL] * 10, replace(WELL, missed={"title": 10, "published": 9})))
    assert flag.after == "selectors.published in 10% of the last 10, selectors.title in 0% of the last 10"
    assert (flag.well, "[selectors]" in flag.remedy) == (10, True)


def test_a_field_that_was_never_filled_cannot_vanish() -> None:
    undated = replace(WELL, dated=1)
    assert names(days(*[undated] * 10, replace(WELL, dated=0))) == []


def test_a_slow_source_is_judged_over_several_runs() -> None:
    one = replace(WELL, new=1, articles=1, titled=1, dated=1, other=0)
    undated = replace(one, dated=0)
    assert names(days(*[one] * 20, *[undated] * 3)) == []
    assert names(days(*[one] * 20, *[undated] * 5)) == ["dates vanished"]


def test_a_redesign_stays_flagged_when_its_empty_list_answers_304() -> None:
    assert names(days(*[WELL] * 10, BROKEN["no candidates"], NOTHING_NEW, NOTHING_NEW)) == ["no candidates"]


def test_an_entry_point_without_links_is_flagged_where_another_still_shows_some() -> None:
    half = replace(
        WELL, broken=True, failures={"no links": 1}, examples={"no links": ("http://uni.example/international",)}
    )
    (flag,) = find_flags(days(*[WELL] * 10, half))
    assert (flag.name, flag.example) == ("no candidates", "http://uni.example/international")


def test_an_entry_point_that_never_showed_links_is_failing_not_flagged() -> None:
    half = replace(WELL, broken=True, failures={"no links": 1})
    health = judge(days(*[half] * 10))
    assert (health.state, health.flags) == ("failing", ())


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (replace(WELL, broken=True, failures={"forbidden": 1}), "flagged"),
        (replace(WELL, broken=True, failures={"forbidden": 1, "timeout": 1}), "failing"),
        (replace(WELL, failures={"too many requests": 7}), "flagged"),
        (replace(NOTHING_NEW, asked=1, failures={"forbidden": 1}), "fine"),
        (replace(WELL, failures={"forbidden": 5}), "fine"),
    ],
)
def test_a_block_is_one_of_the_entry_point_or_of_most_requests(last: Visit, state: str) -> None:
    assert judge(days(*[WELL] * 10, last)).state == state


def test_a_source_that_is_down_fails_and_is_compared_with_before_when_it_is_back() -> None:
    history = days(*[WELL] * 10, *[DOWN] * 30, replace(WELL, dated=0))
    down = judge(history[:40])
    assert (down.state, down.flags) == ("failing", ())
    assert names(history) == ["dates vanished"]


def test_a_night_down_hides_no_flag_and_tells_none_again() -> None:
    history = days(*[WELL] * 20, BROKEN["dates vanished"], DOWN, BROKEN["dates vanished"])
    down, up = judge(history[:-1]), judge(history)
    assert (down.state, [flag.name for flag in down.flags], down.newly) == ("failing", ["dates vanished"], ())
    assert (up.state, [flag.name for flag in up.flags], up.newly) == ("flagged", ["dates vanished"], ())


def test_a_run_that_only_took_up_what_a_killed_one_left_is_no_failure() -> None:
    assert judge(days(*[WELL] * 10, replace(WELL, asked=0))).state == "fine"


def test_refusals_add_up_where_a_run_asks_few_pages() -> None:
    """The entry point says 304, and two of three articles are refused."""
    refused = replace(NOTHING_NEW, asked=3, failures={"forbidden": 2})
    assert names(days(*[WELL] * 10, refused)) == []
    assert names(days(*[WELL] * 10, replace(NOTHING_NEW, asked=1), *[refused] * 2)) == ["blocked"]
    assert names(days(*[WELL] * 10, *[refused] * 2, replace(NOTHING_NEW, asked=1))) == [], "it answers again"


def test_one_refusal_is_no_block_of_a_source_that_was_hardly_asked() -> None:
    assert names(days(replace(NOTHING_NEW, asked=1, failures={"forbidden": 1}))) == []


def test_a_list_that_ends_says_nothing_of_its_entry_point() -> None:
    """The entry point said 304, and an older run had left a later page of its list."""
    assert names(days(*[WELL] * 10, replace(NOTHING_NEW, candidates=0))) == []


# Runs that leave entry points out

REVISIT = replace(NOTHING_NEW, asked=1, unchanged=frozenset())
OTHER_ENTRY = replace(WELL, entries=frozenset({FEED_URL}))


@pytest.mark.parametrize("left_out", [REVISIT, OTHER_ENTRY], ids=["articles only", "another entry"])
@pytest.mark.parametrize(
    ("name", "failure"), [("blocked", "forbidden"), ("no candidates", "no links"), ("no candidates", "not as expected")]
)
def test_a_broken_entry_point_is_broken_until_it_is_asked_again(left_out: Visit, name: str, failure: str) -> None:
    broken = replace(
        NOTHING_NEW, failures={failure: 1}, examples={failure: (LIST,)}, broken=True, unchanged=frozenset()
    )
    history = carry_over(
        days(*[WELL] * 10, broken, left_out, left_out, broken, left_out, WELL), frozenset({LIST, FEED_URL})
    )
    told = [judge(history[:count]) for count in range(11, 17)]
    assert [health.state for health in told] == [*["flagged"] * 5, "fine"]
    assert [health.newly for health in told] == [(name,), *[()] * 5]
    assert [health.recovered for health in told] == [*[()] * 5, (name,)]


def test_an_entry_point_that_timed_out_is_failing_until_it_is_asked_again() -> None:
    down = replace(DOWN, examples={"timeout": (LIST,)})
    entries = frozenset({LIST})
    assert judge(carry_over(days(*[WELL] * 10, down, REVISIT), entries)).state == "failing"
    assert judge(carry_over(days(*[WELL] * 10, down, WELL), entries)).state == "fine"
    assert judge(carry_over(days(*[WELL] * 10, down, REVISIT), frozenset())).state == "fine", "it left the catalogue"


def test_an_entry_point_that_waited_when_the_crawl_was_stopped_did_not_fail() -> None:
    history = days(*[WELL] * 3, replace(NOTHING_NEW, failures={"stopped": 1}, examples={"stopped": (LIST,)}), REVISIT)
    assert carry_over(history, frozenset({LIST})) == history


def test_an_article_that_failed_is_not_carried_over() -> None:
    history = days(*[WELL] * 3, replace(WELL, failures={"gone": 1}, examples={"gone": ("http://uni.example/1",)}), WELL)
    assert carry_over(history, frozenset({LIST})) == history


# Few candidates

FEED = replace(WELL, candidates=10)
LESS = replace(WELL, candidates=4, new=1)


def test_a_list_that_shrinks_is_flagged_after_three_runs_and_until_it_is_mended() -> None:
    history = days(*[WELL] * 12, *[LESS] * 8, WELL)
    assert [names(history[:count]) for count in (13, 14)] == [[], []]
    assert [names(history[:count]) for count in range(15, 22)] == [["few candidates"]] * 6 + [[]]
    (flag,) = find_flags(history[:15])
    assert (flag.before, flag.after, flag.well) == ("40 links in a usual run", "4 at most in 3 runs", 12)


@pytest.mark.parametrize(
    "history",
    [
        [*[WELL] * 12, *[NOTHING_NEW] * 9],
        [
            *[replace(WELL, candidates=5000, entries=frozenset({LIST, FEED_URL}))] * 12,
            *[replace(LESS, entries=frozenset({FEED_URL}))] * 5,
        ],
        [
            *[replace(WELL, candidates=count, new=0) for count in (12, 9, 3, 1, 12, 14, 2, 9) * 2],
            *[replace(WELL, candidates=1, new=0)] * 3,
        ],
        [*[replace(WELL, candidates=2000, new=1900)] * 9, *[replace(FEED, candidates=20)] * 9],
        [*[FEED] * 12, *[replace(FEED, candidates=3)] * 9],
        [*[WELL] * 12, LESS, LESS, NOTHING_NEW, NOTHING_NEW],
    ],
    ids=["304", "sitemap unchanged", "feed of a week", "archive filled first", "a third", "twice"],
)
def test_a_list_that_shows_few_now_and_then_is_no_news(history: list[Visit]) -> None:
    assert names(days(*history)) == []


# Language


@pytest.mark.parametrize(
    "history",
    [
        [*[WELL] * 20, replace(WELL, articles=5, titled=5, dated=5, language="en", language_share=1.0)],
        [*[WELL, replace(WELL, language="en", language_share=1.0)] * 10, replace(WELL, language="en")],
        [*[WELL] * 20, replace(WELL, language="en", language_share=0.7)],
        [replace(WELL, articles=500, language="en"), *[WELL] * 20],
        [*[replace(WELL, language=None, language_share=0.0)] * 20, WELL],
    ],
    ids=["five guests", "bilingual", "mixed", "archive in another", "unknown before"],
)
def test_a_language_among_others_is_no_news(history: list[Visit]) -> None:
    assert names(days(*history)) == []


def test_a_slow_source_changes_its_language_over_several_runs() -> None:
    one = replace(WELL, new=1, articles=1, titled=1, dated=1, other=0, language_share=1.0)
    other = replace(one, language="uz-Cyrl")
    assert names(days(*[one] * 60, *[other] * 8)) == []
    assert names(days(*[one] * 60, *[other] * 9)) == ["language changed"]


# Silence


@pytest.mark.parametrize(
    ("quiet_days", "state"), [(1, "fine"), (2, "quiet"), (13, "quiet"), (14, "flagged"), (60, "flagged")]
)
def test_a_daily_source_is_silent_after_two_weeks(quiet_days: int, state: str) -> None:
    health = judge(days(*[WELL] * 20, *[NOTHING_NEW] * quiet_days))
    assert health.state == state
    assert health.last_new == NOON + timedelta(days=20)
    if state == "flagged":
        (flag,) = health.flags
        assert (flag.name, flag.before, flag.after) == (
            "silent",
            "news every 1 day, 1 day at the longest",
            f"none for {quiet_days} days",
        )


def test_a_source_with_a_holiday_in_its_past_may_have_another() -> None:
    past = [*[WELL] * 20, *[NOTHING_NEW] * 30, *[WELL] * 20]
    assert names(days(*past, *[NOTHING_NEW] * 40)) == []
    assert names(days(*past, *[NOTHING_NEW] * 47)) == ["silent"]


def test_a_source_with_news_every_ten_days_is_not_silent_after_two_weeks() -> None:
    past = [WELL, *[NOTHING_NEW] * 9] * 7
    assert names(days(*past, *[NOTHING_NEW] * 20)) == []
    assert names(days(*past, *[NOTHING_NEW] * 21)) == ["silent"]


def test_runs_that_ask_known_articles_only_are_no_silence() -> None:
    revisit = replace(NOTHING_NEW, unchanged=frozenset())
    assert names(days(*[WELL] * 20, *[NOTHING_NEW] * 7, *[revisit] * 20)) == []
    assert names(days(*[WELL] * 20, *[NOTHING_NEW] * 14, *[revisit] * 2)) == ["silent"]


def test_one_article_that_does_not_answer_is_no_source_that_is_down() -> None:
    assert judge(days(*[WELL] * 10, replace(DOWN, broken=False))).state == "fine"
    assert judge(days(*[WELL] * 10, replace(DOWN, asked=5, failures={"timeout": 5}, broken=False))).state == "failing"


def test_a_source_that_is_asked_no_more_is_not_silent() -> None:
    assert judge(days(*[WELL] * 20)).state == "fine", "however long ago that was"


# Laws

COUNT = st.integers(0, 30)
VISIT = st.builds(
    Visit,
    run=st.just(0),
    at=st.just(NOON),
    asked=COUNT,
    new=COUNT,
    copies=COUNT,
    other=COUNT,
    failures=st.dictionaries(st.sampled_from(["forbidden", "timeout", "no links", "not readable", "gone"]), COUNT),
    broken=st.booleans(),
    entries=st.frozensets(st.sampled_from(["a", "b"])),
    unchanged=st.frozensets(st.sampled_from(["a", "b"])),
    candidates=st.none() | COUNT,
    articles=COUNT,
    titled=COUNT,
    dated=COUNT,
    body_length=st.none() | COUNT,
    language=st.sampled_from([None, "fa", "en"]),
    language_share=st.floats(0, 1),
    lost=COUNT,
    missed=st.dictionaries(st.sampled_from(["body", "title"]), COUNT),
)


@given(st.lists(VISIT, min_size=1, max_size=40))
def test_any_history_is_judged(history: list[Visit]) -> None:
    health = judge(days(*history))
    assert health.flags or health.state != "flagged"
    assert not health.flags or health.state in {"flagged", "failing"}
    assert set(health.newly) <= {flag.name for flag in health.flags}
    assert not set(health.recovered) & {flag.name for flag in health.flags}
    assert all(flag.well is None or 1 <= flag.well <= len(history) for flag in health.flags)
    assert all(flag.remedy for flag in health.flags)


@given(
    VISIT.filter(lambda visit: not visit.broken and visit.new and visit.shown and visit.answered), st.integers(1, 40)
)
def test_what_is_always_so_is_never_flagged_but_for_a_block(visit: Visit, count: int) -> None:
    health = judge(days(*[replace(visit, lost=0)] * count))
    assert {flag.name for flag in health.flags} <= {"blocked"}


# From the database


def crawl(saving: Saving, day: int, tallies: dict[str, SourceTally], *, ends: bool = True) -> int:
    """A run of that day, with what it did."""
    sources = {slug: saving.source(slug) for slug in tallies}
    with saving.database.write() as session:
        number = runs.start_run(session, NOON + timedelta(days=day), version="0.1.0", process=7)
        for slug, tally in tallies.items():
            runs.save_tally(session, number, sources[slug], tally)
        if ends:
            runs.finish_run(session, number, NOON + timedelta(days=day, hours=1), "finished")
    return number


def tally_of(*, dated: bool = True) -> SourceTally:
    tally = SourceTally(asked=7, new=6)
    tally.show(30)
    for number in range(6):
        tally.read.add(title="A title", text="x" * (100 + number), language="uz" if number else "en", dated=dated)
    return tally


def healths(database: Database) -> dict[str, Health]:
    with database.read() as session:
        return source_health(session)


def test_a_run_notes_what_health_is_judged_by(saving: Saving) -> None:
    tally = tally_of()
    tally.show(12)
    tally.lost, tally.broken = 2, True
    for missed in (["title", "body"], ["body"]):
        tally.read.missed.update(missed)
    tally.fail("timeout", "http://uni.example/a", "no answer")
    number = crawl(saving, 0, {"uni": tally})
    with saving.database.read() as session:
        (row,) = runs.run_sources(session, number)
    assert (row.language, row.language_share) == ("uz", 0.833)
    assert healths(saving.database)["uni"].last == Visit(
        run=number,
        at=NOON,
        asked=7,
        new=6,
        failures={"timeout": 1},
        examples={"timeout": ("http://uni.example/a",)},
        broken=True,
        candidates=42,
        articles=6,
        titled=6,
        dated=6,
        body_length=102,
        language="uz",
        language_share=0.833,
        lost=2,
        missed={"body": 2, "title": 1},
    )


def test_each_source_is_judged_by_its_own_past(saving: Saving) -> None:
    for day in range(8):
        crawl(saving, day, {"uni": tally_of(), "ministry": tally_of(dated=day < 7)})
    crawl(saving, 8, {"academy": SourceTally(asked=1)})
    crawl(saving, 9, {"uni": tally_of(dated=False)}, ends=False)
    found = healths(saving.database)
    assert {slug: health.state for slug, health in found.items()} == {
        "academy": "learning",
        "ministry": "flagged",
        "uni": "fine",
    }
    assert found["ministry"].newly == ("dates vanished",)
    assert found["uni"].news == (6,) * 8, "a run that is under way, or was killed, is not judged"


def test_a_run_that_asked_nothing_is_no_part_of_the_past(saving: Saving) -> None:
    left_out = SourceTally()
    left_out.fail("held by another run", "http://uni.example/", "run 1 is at it")
    number = crawl(saving, 0, {"uni": tally_of()})
    crawl(saving, 1, {"uni": left_out, "ministry": left_out})
    found = healths(saving.database)
    assert (found.keys(), found["uni"].last.run) == ({"uni"}, number)


def test_the_past_is_bounded(saving: Saving) -> None:
    for day in range(KEPT + 1):
        crawl(saving, day, {"uni": SourceTally(asked=1, new=int(day == 0))})
    assert healths(saving.database)["uni"].last_new is None


def test_runs_before_anything_was_noted_are_no_evidence(saving: Saving) -> None:
    for day in range(8):
        number = crawl(saving, day, {"uni": SourceTally(asked=5, new=1)})
        with saving.database.write() as session:
            for row in runs.run_sources(session, number):
                row.articles = row.titled = row.dated = row.lost = row.broken = None
    assert healths(saving.database)["uni"].state == "fine"
