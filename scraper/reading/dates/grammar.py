"""How dates are put together, as patterns over the kinds of tokens (tokens.py). A kind is one character, so these are
ordinary regular expressions, the same for every language. Each repetition is bounded: the time is linear in the text.

Ranges and spans ("5-9 September 2024", "с 5 по 9 сентября") are matched first, so that their last day is not taken for the
day of a single date.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DAY = r"""(?:d(?:[-']?o)?\.?|D(?:\ ?o)?|"\ ?d\ ?")"""
_YEAR_MARK = r"(?:y|v\.?|H\.?|p(?!\ ?m))"
_MONTH = r"M\.?(?:\ ?[/(|-]\ ?M\)?)?(?:\ f(?=[\ ,.]))?"
_BEFORE_YEAR = r"[ ,./'-]{0,3}(?:(?:[fy]|v\.?)\ ?){0,2}"
_YEAR = rf"Y(?:[-']?o)?(?:[\ -]?{_YEAR_MARK}){{0,2}}"
_FIRST_YEAR = r"Y\.?(?:[\ -]{0,2}(?:[yo]|v\.?)){1,2}[\ ,.-]{0,2}"
_BARE_FIRST_YEAR = r"Y[\ .,/-]{0,2}"
_ERA_YEAR = r"(?:E\ ?[dn]|[nY])\ ?N\ ?"
_OF = r"[ ./-]{0,3}(?:f\ ?){0,2}"
_TO = r"(?:\ ?[-~]\ ?|\ ?j\ ?)(?:f\ ?)?(?:W[.,]?\ ?)?"
_AND = r"(?:\ ?&\ ?)(?:f\ ?)?"
_SPAN = rf"(?:{_TO}|{_AND})"
_END = r"(?![-./:,'][dnXYIi])"
"""A date is not the beginning of a longer number, nor its year of an academic year."""

RANGE = rf"""
      {_DAY}{_SPAN}{_DAY}[ .,/-]{{0,2}}(?:f\ ?){{0,2}}M\.?{_BEFORE_YEAR}Y
    | {_DAY}{_OF}M\.?{_SPAN}{_DAY}{_OF}M\.?{_BEFORE_YEAR}Y
    | M\.?[ ,-]{{0,2}}{_DAY}{_SPAN}(?:M\.?[ ,-]{{0,2}})?{_DAY}{_BEFORE_YEAR}Y
    | M\.?{_SPAN}M\.?{_BEFORE_YEAR}Y
    | (?:{_FIRST_YEAR}|{_BARE_FIRST_YEAR})
      (?:{_DAY}{_SPAN}{_DAY}[ -]?M | M[ -]?{_DAY}{_SPAN}(?:M[ -]?)?{_DAY} | {_DAY}[ -]?M(?:{_SPAN}|,?\ ){_DAY}[ -]?M)
    | {_ERA_YEAR}d\ ?G\ ?d\ ?R?(?:{_SPAN})(?:d\ ?G\ ?)?d\ ?[RG]
    | d(?:\.d)?\.?(?:\ ?[-~]\ ?|\ ?j\ ?)I
    | I\ ?[-~]\ ?d\.d
    | d\.d\.?\ ?-\ ?d\.d\.Y
"""

CORES = {
    "numeric": r"I(?:\ ?H\.?)?",
    "day_month_year": rf"{_DAY}{_OF}{_MONTH}{_BEFORE_YEAR}{_YEAR}{_END}",
    "month_day_year": rf"M\.?[ ,/-]{{0,2}}(?:f\ ?)?{_DAY}[ ,]{{0,2}}{_BEFORE_YEAR}{_YEAR}{_END}",
    "year_day_month": rf"{_FIRST_YEAR}{_DAY}[ -]{{0,2}}(?:f\ ?)?M(?![ ,.]{{0,2}}Y){_END}",
    "year_month_day": rf"(?:{_FIRST_YEAR}|{_BARE_FIRST_YEAR})M\.?(?:\ f)?[ /-]?{_DAY}(?![ ,.]{{0,2}}Y){_END}",
    "characters": rf"(?:{_ERA_YEAR}|Y\ ?y[\ ,]{{1,2}})d\ ?-?(?:o\ ?)?G\ ?d\ ?(?:-?o|R)?{_END}",
    "month_word": rf"d[ ,/]{{0,2}}G\ ?d[ ,-]{{0,2}}(?:y\ ?)?Y{_END}",
    "unix": r"M\ d\ c(?:\ [zx])?\ Y",
    "month_characters": rf"{_ERA_YEAR}d\ ?G",
    "month_year": rf"(?<![dD])(?<![dD][ ./-])(?<![dD]\. )(?<!d[xo] )M\.?(?:\ f(?=[\ ,.]))?{_BEFORE_YEAR}{_YEAR}{_END}",
    "year_month": rf"{_FIRST_YEAR}M",
}
"""The forms of a single date, each tried in this order where a date may begin."""

LENIENT_CORES = {
    "short": r"i",
    "day_month_short_year": rf"{_DAY}[ ./-]{{0,2}}M\.?[ ,./'-]{{0,2}}d(?![-./:,]d)",
    "month_day_short_year": r"M\.?\ d(?:o)?,?\ '\ ?d(?![-./:,']d)",
}
"""Forms with a year of two digits. They are believed only where the whole text is a date."""

_CLOCK = r"""(?: [ap]?\ ?c(?:\ ?[aph]){0,2}(?:\ ?z)? | d\.d\ ?[aph]{1,2} | d\ ?h(?:\ ?d(?:\ ?[mh])?)?(?:\ ?[ap])?
    | d\ ?[ap] | [ap]\ ?d\ ?h(?:\ ?d(?:\ ?m)?)? )"""
_CLOCK_BEFORE = r"(?: (?P<clock_before>c(?:\ ?[aph]){0,2}(?:\ ?-\ ?c(?:\ ?[aph])?)?) [ ,|;/-]{0,3}(?:[bf]\ ?)? )?"
_WEEKDAY_BEFORE = r"(?: W\.?[ ,-]{0,2}(?:[fb]\ ){0,1} )?"
_WEEKDAY_AFTER = r"(?: [ ,]{0,2}(?:\(\ ?[Wk]\.?\ ?\)|W(?=[^x]|$)) )?"
_CLOCK_AFTER = rf"""(?(clock_before)|(?:
    [\ ,|;.T-]{{0,3}}(?:[fyo]\ )?(?P<clock_after> {_CLOCK} | (?:[bj]\.?\ ?){{1,2}}(?:{_CLOCK}|d\.d) ) )?)"""


@lru_cache(maxsize=4)
def date_pattern(*, lenient: tuple[str, ...]) -> re.Pattern[str]:
    """Ranges (group ``range``) and single dates (a group named as in `CORES`), with their weekday and time of day.

    lenient: which of `LENIENT_CORES` count as dates.
    """
    cores = CORES | {name: LENIENT_CORES[name] for name in lenient}
    forms = "|".join(f"(?P<{name}>{form})" for name, form in cores.items())
    pattern = f"{_CLOCK_BEFORE}{_WEEKDAY_BEFORE}(?:(?P<range>{RANGE})|(?:{forms}){_WEEKDAY_AFTER}{_CLOCK_AFTER})"
    return re.compile(pattern, re.VERBOSE)


@lru_cache(maxsize=1)
def relative_pattern() -> re.Pattern[str]:
    """What counts from today: a number of units, or a day by name with its time."""
    before, after = (rf"(?:(?P<count{side}>[dn1D])\ ?)?(?P<unit{side}>[uNGR])" for side in ("", "_after"))
    return re.compile(
        rf"""(?P<ago> {before}\ ?g | g\ ?{after} | g\ ?(?P<two>2) )
        | (?P<today>t)(?![ ,]{{0,2}}d[ -]?M)(?:[ ,|;.-]{{0,3}}(?:[bfju]\ ){{0,2}}(?P<clock_after>{_CLOCK}))?""",
        re.VERBOSE,
    )


TO = re.compile(r"\ ?[-~j]\ ?(?:[fW]\.?,?\ ?)?", re.VERBOSE)
"""What stands between the two full dates of a range."""
