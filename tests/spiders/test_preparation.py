"""What is known before the first request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.errors import ContactMissing, SettingError
from spiders.catalogue.entry import Listing
from spiders.preparation import allowed_hosts, check_contact, download_slots, set_clock, tls_leniency
from storage import clock
from tests.spiders.discovery.sources import ROOT, source

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ONE = source(Listing(kind="listing", url=f"{ROOT}/news"))
REAL = ONE.model_copy(update={"slug": "real", "hosts": ("www.uni.edu", "uni.edu"), "delay_seconds": 5.0})


def test_the_gentlest_source_says_how_a_host_is_asked() -> None:
    gentle = ONE.model_copy(update={"slug": "gentle", "hosts": ("www.uni.test", "[::1]:8000"), "delay_seconds": 9.0})
    for sources in ([ONE, gentle], [gentle, ONE]):
        assert download_slots(sources) == {
            "uni.test": {"delay": 9.0, "concurrency": 1},
            "::1": {"delay": 9.0, "concurrency": 1},
        }


def test_only_a_mirror_is_hurried() -> None:
    assert download_slots([REAL]) == {"uni.edu": {"delay": 5.0, "concurrency": 1}}
    assert download_slots([REAL], mirrored=True) == {"uni.edu": {"delay": 0.0, "concurrency": 4}}


def test_each_source_has_its_own_hosts() -> None:
    assert allowed_hosts([ONE, REAL]) == {"uni": ["uni.test", "www.uni.test"], "real": ["www.uni.edu", "uni.edu"]}


def test_what_is_let_pass_holds_for_a_sources_own_hosts() -> None:
    old = ONE.model_copy(update={"slug": "old", "hosts": ("old.test", "[::1]:8443"), "tls": "legacy"})
    blind = ONE.model_copy(update={"slug": "blind", "hosts": ("old.test",), "certificate": "unchecked"})
    assert tls_leniency([ONE, REAL]) == {}
    assert tls_leniency([ONE, old, blind]) == {"old.test": ["legacy", "unchecked"], "[::1]:8443": ["legacy"]}


def test_the_real_web_is_not_asked_namelessly() -> None:
    check_contact("", [ONE])
    check_contact("me@example.org", [ONE, REAL])
    with pytest.raises(ContactMissing, match=r"^real would be asked on the real web.*ELCHI_CONTACT"):
        check_contact("", [ONE, REAL])


def test_a_rehearsal_begins_on_its_day_and_never_asks_the_real_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_ahead", timedelta(0))
    moment = datetime(2031, 3, 21, tzinfo=UTC)
    with pytest.raises(SettingError, match=r"ELCHI_NOW .* real is on the real web"):
        set_clock(moment, [REAL])
    assert clock.now() < moment
    set_clock(moment, [ONE])
    assert moment <= clock.now() < moment + timedelta(minutes=1)
    set_clock(None, [REAL])
