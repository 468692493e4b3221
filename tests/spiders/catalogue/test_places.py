"""Languages, countries and time zones by their right names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from spiders.catalogue import places

TAGS = sorted(tag for tag in map(places.language, Locale("en").languages) if tag)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("fa", "fa"), ("FA", "fa"), ("uz-cyrl", "uz-Cyrl"), ("uz_Cyrl", "uz-Cyrl"), ("pt-br", "pt-BR"), ("zh-hans-cn", "zh-Hans-CN"),
        ("iw", "he"), ("per", "fa"), ("es-419", "es-419"), ("kz", None), ("xx", None), ("und", None), ("mul", None), ("persian", None),
        ("fa-Xxxx", None), ("fa-QQ", None), ("fa--IR", None), ("", None), ("en-x-private", None),
    ],
)  # fmt: skip
def test_a_language_tag(written, right):
    assert places.language(written) == right


@given(
    st.sampled_from(TAGS),
    st.sampled_from(["", "Latn", "Cyrl", "Arab"]),
    st.sampled_from(["", *sorted(places.countries())]),
)
def test_the_right_tag_is_right_in_any_case(code, script, region):
    tag = places.language("-".join(part for part in (code.partition("-")[0], script, region) if part))

    assert tag is not None
    assert places.language(tag) == tag
    assert places.language(tag.upper()) == places.language(tag.lower()) == tag


@pytest.mark.parametrize(("code", "hint"), [("kz", '"kk"'), ("tj", '"tg"'), ("Kazakh", '"kk"'), ("??", '"uz-Cyrl"')])
def test_the_hint_for_a_wrong_language(code, hint):
    assert hint in places.language_hint(code)


def test_the_countries_are_those_of_iso_3166_and_kosovo():
    assert len(places.countries()) == 249 + 1
    assert {"IR", "UZ", "KZ", "KG", "TJ", "AZ", "TW", "PS", "XK"} <= places.countries()
    assert not {"EU", "UN", "ZZ", "UK", "AC"} & places.countries()


@pytest.mark.parametrize(
    ("written", "code"),
    [("IR", "IR"), ("ir", "IR"), ("Iran", "IR"), ("IRN", "IR"), ("UK", "GB"), ("EU", None), ("QQ", None), ("", None)],
)
def test_a_country(written, code):
    assert places.country(written) == code


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Asia/Teheran", "Asia/Tehran"), ("asia/tehran", "Asia/Tehran"), ("Tehran", "Asia/Tehran"),
        ("sao paulo", "America/Sao_Paulo"), ("Asia", None), ("+03:30", None),
    ],
)  # fmt: skip
def test_the_nearest_time_zone(written, zone):
    assert places.nearest_timezone(written) == zone


@pytest.mark.parametrize("zone", ["Asia/Tehran", "Asia/Samarkand", "Asia/Almaty", "UTC"])
def test_a_time_zone_that_is_known_can_be_used(zone):
    assert zone in places.timezones()
    assert ZoneInfo(zone).key == zone
