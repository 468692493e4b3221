"""What a page calls its site: not a title, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from scraper.reading.document import Document
from scraper.reading.markup import text_of
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, phrases
from scraper.reading.structured import publisher_names

_LONGEST: Final = 120
_HOME_LINKS: Final = 3
_NAME_WORDS: Final = 9
_CASELESS_WORDS: Final = 5
_CASELESS_SIGNS: Final = 12
"""Words of a name in a script without capitals, and signs of one where words are not parted."""
_SHORTEST: Final = 3
_WORD: Final = re.compile(r"\W+")
_HOME_PATH: Final = re.compile(r"|[a-z]{2}|index\.\w{3,4}|default\.aspx|home")


def stated_names(page: Document) -> frozenset[str]:
    """The names that the page and its address give the site outright, folded: its meta tags, its publisher, its home link."""
    return told_names(page) | _folded(_home_names(page, _host(page.url)))


def told_names(page: Document) -> frozenset[str]:
    """The names that the page's address and what it tells machines give the site, folded."""
    host = _host(page.url)
    names = [host, f"www.{host}", host.partition(".")[0], *publisher_names(page.things)]
    for key in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        names += page.metas.get(key, ())
    return _folded(names)


def _folded(names: Iterable[str]) -> frozenset[str]:
    folded = {fold(name) for name in names if name and len(name) < _LONGEST}
    return frozenset(folded | {name.strip(" -|.:") for name in folded}) - {""}


def signed_names(page: Document, first: Iterable[str], last: Iterable[str]) -> frozenset[str]:
    """Those outer parts of titles, folded, that the page signs with: beside its ©, as its host, and the last ones in its footer.

    A footer has links to other articles, too: what a title begins with is not a name because it stands there.
    """
    signed = [line.folded for line in page.lines if _is_signature(line)]
    footer = [line.folded for line in page.lines if line.place == "foot"]
    label = _WORD.sub("", _host(page.url).partition(".")[0])

    def is_signed(part: str, lines: list[str]) -> bool:
        return len(part) > 2 and (_spells(part, label) or any(part in line for line in lines))

    return frozenset(
        {part for part in first if is_signed(part, signed)}
        | {part for part in last if is_signed(part, signed + footer)}
    )


def is_of_site(name: str, url: str, names: frozenset[str]) -> bool:
    """Whether a name is the site's: one of those that the page states, or its host spelt out."""
    folded = fold(name)
    return folded in names or (len(folded) > _SHORTEST and _WORD.sub("", folded) in _WORD.sub("", _host(url)))


def names_institution(text: str) -> bool:
    """Whether a text is no more than the name of an institution or its portal: short, without a number, in capitals.

    Scripts without capitals say it by being shorter still: news of a university have a verb.
    """
    folded = fold(text)
    if re.search(r"\d", text) or not any(stem in folded for stem in phrases("institution")):
        return False
    parts = text.split()
    cased = [word for word in parts if word[0].lower() != word[0].upper() and len(word) > 3]
    if cased:
        return len(parts) <= _NAME_WORDS and all(word[0].isupper() for word in cased)
    return len(parts) <= _CASELESS_WORDS and max(map(len, parts)) <= _CASELESS_SIGNS


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_signature(line: Line) -> bool:
    return "©" in line.text or "copyright" in line.folded


def _spells(part: str, label: str) -> bool:
    """Whether a part of a title is the host's label spelt out: its words run together, or their initials."""
    words = [word for word in _WORD.split(part) if word]
    return len(label) > 2 and ("".join(words).startswith(label) or "".join(word[0] for word in words) == label)


def _home_names(page: Document, host: str) -> Iterator[str]:
    homes = (link for link in page.tree.iter("a") if _is_home(link.get("href"), host))
    for link in islice(homes, _HOME_LINKS):
        yield from (text_of(link), link.get("title") or "", *(image.get("alt") or "" for image in link.iter("img")))


def _is_home(href: str | None, host: str) -> bool:
    """Whether a link leads to the site's front page. Its own parsing: a page has hundreds of links, and `urlsplit` takes its time."""
    link = (href or "").strip().lower()
    scheme, double_slash, rest = link.partition("//")
    if double_slash:
        name, _, link = rest.partition("/")
        if scheme not in {"", "http:", "https:"} or name.partition(":")[0].removeprefix("www.") != host:
            return False
    elif not link:
        return False
    return _HOME_PATH.fullmatch(link.strip("/")) is not None
