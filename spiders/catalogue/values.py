"""The kinds of values a catalogue file holds, each refused with what would be right.

Each type is a string with a check; a check raises what `refusal` makes, so that the message and the remedy travel apart.
"""

from __future__ import annotations

import json
import re
import warnings
from difflib import get_close_matches
from typing import Annotated
from urllib.parse import quote

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from spiders.catalogue import places
from spiders.catalogue.hosts import bare_host, host_of, is_host

_ROR = re.compile(r"https://ror\.org/0([0-9a-hjkmnp-tv-z]{6})([0-9]{2})")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_PLACEHOLDER = re.compile(r"\{[A-Za-z_][\w.-]*\}")
_DOTTED = re.compile(r"[^\s.]+(\.[^\s.]+)*")


def refusal(message: str, remedy: str) -> PydanticCustomError:
    """What a check raises: what is wrong, and what would be right."""
    return PydanticCustomError("refused", "{message}", {"message": message, "remedy": remedy})


def shown(value: object) -> str:
    """A value as a person would write it in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that the given one is most likely a slip of, None where none is near."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)


def _url(value: str) -> str:
    if re.search(r"\s", value):
        raise refusal(
            f"{shown(value)} has a space in it", f"Write it as {shown(quote(value.strip(), safe=_URL_SIGNS))}"
        )
    scheme, colon, rest = value.partition("://")
    if not colon:
        raise refusal(
            f"{shown(value)} has no scheme", f"Write {shown('https://' + value.lstrip('/'))}, or with http://"
        )
    if scheme.lower() not in {"http", "https"}:
        raise refusal(
            f"{shown(value)} is not on the web: its scheme is {scheme}", "Only http:// and https:// are crawled"
        )
    if "@" in re.split("[/?#]", rest)[0]:
        raise refusal(f"{shown(value)} carries a user's name", "Leave out what stands before the @")
    host = host_of(value)
    if host is None or not is_host(host):
        raise refusal(f"{shown(value)} names no host", 'Write it whole, such as "https://www.example.org/news"')
    return value


_URL_SIGNS = ":/?#[]@!$&'()*+,;=%{}"


def _hosted(value: str, info: ValidationInfo) -> str:
    """Context ``hosts``, where given: the hosts that the source may crawl."""
    host, hosts = host_of(value), (info.context or {}).get("hosts")
    if hosts and host not in hosts:
        raise refusal(f"{host} is not among the source's hosts", f"Add it: hosts = {shown([*hosts, host])}")
    return value


def _numbered(value: str) -> str:
    if "{page}" not in value:
        raise refusal(
            f"{shown(value)} does not say where the page's number goes",
            'Write {page} there, such as "…/news?page={page}"',
        )
    return value


def _templated(value: str) -> str:
    rest = _PLACEHOLDER.sub("", value)
    if rest == value or re.search("[{}]", rest):
        raise refusal(
            f"{shown(value)} does not say which field of the list's record goes where",
            'Write the field in braces, such as "https://www.example.org/api/news/{id}"',
        )
    return value


def _host(value: str) -> str:
    if is_host(value):
        return value
    bare = bare_host(value)
    remedy = f"Write {shown(bare)}" if bare else 'Write the bare name, such as "www.example.org"'
    raise refusal(f"{shown(value)} is not a bare host name in lower case", remedy)


def _language(value: str) -> str:
    if (right := places.language(value)) != value:
        remedy = f"Write {shown(right)}" if right else places.language_hint(value)
        raise refusal(f"{shown(value)} is not a BCP 47 language tag", remedy)
    return value


def _country(value: str) -> str:
    if (right := places.country(value)) != value:
        remedy = (
            f"Write {shown(right)}" if right else 'Write its two capital letters (ISO 3166-1 alpha-2), such as "IR"'
        )
        raise refusal(f"{shown(value)} is not a country's code", remedy)
    return value


def _timezone(value: str) -> str:
    if value not in places.timezones():
        near = places.nearest_timezone(value)
        remedy = f"Did you mean {shown(near)}?" if near else 'Write an IANA name, such as "Asia/Tehran"'
        raise refusal(f"{shown(value)} is not a time zone", remedy)
    return value


def _ror(value: str) -> str:
    example = 'Copy it from ror.org, such as "https://ror.org/04krpx645", or leave the key out'
    found = _ROR.fullmatch(value)
    if found is None:
        raise refusal(f"{shown(value)} is not a ROR id", example)
    number = sum(_CROCKFORD.index(sign) * 32**place for place, sign in enumerate(reversed(found[1])))
    if 98 - number * 100 % 97 != int(found[2]):  # ISO 7064 MOD 97-10, as ror.org makes its ids
        raise refusal(f"{shown(value)} is mistyped: its last two digits do not fit the rest", example)
    return value


def _pattern(value: str) -> str:
    remedy = "Mend the regular expression; in single quotes a backslash stands for itself: '^/news/\\d+$'"
    if not value:
        raise refusal("An empty pattern matches every address", remedy)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what only warns today, such as a nested set, changes its meaning later
            re.compile(value)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise refusal(f"{shown(value)} is not a regular expression: {error}", remedy) from None
    return value


def _css(value: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise refusal(
            f"{shown(value)} is not a CSS selector: {error}", 'Write such as "div.news-list li > a"'
        ) from None
    return value


def _dotted(value: str) -> str:
    if not _DOTTED.fullmatch(value):
        raise refusal(
            f"{shown(value)} is not a path within a record", 'Write names with dots between, such as "data.title"'
        )
    return value


def _items(value: str) -> str:
    return _dotted(value) if value else value


def _said(value: str) -> str:
    if not value.strip():
        raise refusal("The text is empty", "Write it out")
    return value


Said = Annotated[str, AfterValidator(_said)]
"""A text with something in it."""

Url = Annotated[str, AfterValidator(_url)]
"""An http(s) URL with a host."""

HostedUrl = Annotated[Url, AfterValidator(_hosted)]
"""A URL on one of the source's hosts."""

NumberedUrl = Annotated[HostedUrl, AfterValidator(_numbered)]
"""A URL with ``{page}`` where the page's number goes."""

TemplateUrl = Annotated[HostedUrl, AfterValidator(_templated)]
"""A URL with ``{field}`` placeholders, each a dotted path into a JSON record."""

Host = Annotated[str, AfterValidator(_host)]
"""A bare host name in lower case, with a port where it is not the scheme's own."""

Language = Annotated[str, AfterValidator(_language)]
"""A BCP 47 tag in canonical case: ``fa``, ``uz-Cyrl``, ``pt-BR``."""

Country = Annotated[str, AfterValidator(_country)]
"""ISO 3166-1 alpha-2, and ``XK``."""

Timezone = Annotated[str, AfterValidator(_timezone)]
"""An IANA time zone."""

Ror = Annotated[str, AfterValidator(_ror)]
"""An id of the Research Organization Registry, its check digits right."""

Pattern = Annotated[str, AfterValidator(_pattern)]
"""A regular expression for `re.search`."""

Css = Annotated[str, AfterValidator(_css)]
"""A CSS selector of elements."""

Dotted = Annotated[str, AfterValidator(_dotted)]
"""A dotted path into a JSON record: ``data.title``, ``items.0.body``."""

Items = Annotated[str, AfterValidator(_items)]
"""A dotted path to a list within a JSON answer, "" where the answer is the list."""
