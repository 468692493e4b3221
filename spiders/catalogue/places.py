"""What CLDR and the IANA know of languages, countries and time zones, and the right name for a wrong one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import cast
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

# In CLDR's list of territories and yet no countries of ISO 3166-1: unions, pseudo-locales, reserved islands.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_NO_LANGUAGES = frozenset(["mis", "mul", "root", "und", "zxx"])
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


@cache
def _english(kind: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", getattr(Locale("en"), kind))


@cache
def timezones() -> list[str]:
    """Every IANA time zone that this machine knows, sorted."""
    return sorted(available_timezones())


def nearest_timezone(text: str) -> str | None:
    """The time zone that is most likely meant: by another case, by its city alone, or by a slip of the pen."""
    word = text.strip().casefold().replace(" ", "_")
    named = (zone for zone in timezones() if word in {zone.casefold(), zone.rpartition("/")[2].casefold()})
    return next(named, None) or next(iter(get_close_matches(text, timezones(), n=1, cutoff=0.8)), None)


@cache
def countries() -> frozenset[str]:
    """Every country's code: ISO 3166-1 alpha-2, and ``XK``, which ISO leaves out and everybody uses."""
    return frozenset(code for code in _english("territories") if len(code) == 2 and code not in _NO_COUNTRIES)


def country(text: str) -> str | None:
    """The code of the country that the text names by code, alias or English name; None where it names none."""
    code = text.strip().upper()
    if code in countries():
        return code
    aliases = get_global("territory_aliases").get(code, [])
    names = (known for known in countries() if _english("territories")[known].casefold() == text.strip().casefold())
    return next((known for known in [*aliases, *names] if known in countries()), None)


def language(text: str) -> str | None:
    """The BCP 47 tag, in canonical case, that the text is or means; None where it names no language.

    Language, script and region only: variants and extensions say nothing that a crawl needs.
    """
    found = _TAG.fullmatch(text.strip())
    if found is None:
        return None
    code, script, region = (part or "" for part in found.groups())
    code = str(get_global("language_aliases").get(code.lower(), code.lower()))
    script, region = script.title(), region.upper()
    known = (
        code in _english("languages") and code not in _NO_LANGUAGES and (not script or script in _english("scripts"))
    )
    if not known or (region and region not in _english("territories")):
        return None
    return "-".join(part for part in (code.replace("_", "-"), script, region) if part)


def language_hint(text: str) -> str:
    """What to write for a tag that names no language; sites often write a country's code for its language."""
    code = text.strip().upper()
    spoken = get_official_languages(code, de_facto=True) if code in countries() else ()
    if spoken:
        tags = ", ".join(f'"{tag.replace("_", "-")}"' for tag in spoken)
        return f"That is {_english('territories')[code]}, the country; its languages are {tags}"
    named = next(
        (tag for tag, name in _english("languages").items() if name.casefold() == text.strip().casefold()), None
    )
    if named:
        return f'Write "{named}"'
    return 'Write it in small letters, the script with a capital, such as "fa" or "uz-Cyrl"'
