"""What a page is: an article, a standing page, a listing of links, or nothing to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from scraper.reading.dates import date_in_url
from scraper.reading.document import Document
from scraper.reading.model import DateFact, Found, Kind, Rules
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, opening, phrases
from scraper.reading.published import CONFIRMED, LISTED
from scraper.reading.structured import is_article

NO_RULES: Final = Rules()
_LEAST_TEXT: Final = 80
"""Characters of body below which there is nothing to read; a sign of a dense script counts for three."""
_LEAST_ARTICLE: Final = 140
BARE: Final = 0.7
"""Confidence of a bare visible date: on a page whose address says that it stands, it is somebody's birthday."""
_SHORT: Final = 600
_PROSE: Final = 90
"""Characters from which an unlinked line reads as prose."""
_HEADLINE: Final = 25
_BESIDE: Final = re.compile(r"[\W\d]+")
"""What stands beside a headline in its line and is no text: a date, a sign."""
_MANY_LINKS: Final = 40
_TOPIC_WORDS: Final = 3
_TOPIC_SIGNS: Final = 6
_TEASER: Final = 600
"""Characters of prose from which what follows a headline is more than a teaser."""
_SENTENCE: Final = re.compile(r"[.,;:!?…。，、；：！？؟،؛।۔]")
"""What stands in sentences and not between the words of a menu."""
_DENSE: Final = re.compile(r"[぀-ヿ㐀-鿿가-힣]")


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a page when its kind is judged. title_at: the index of the line that shows the title.

    dated: how surely it has a date of publication or change, see `surety`.
    """

    page: Document
    title: str | None
    title_at: int | None
    paragraphs: tuple[str, ...]
    dated: float


def surety(published: DateFact | None, modified: DateFact | None, found: Found) -> float:
    """How surely a page is dated: its best date's confidence, 0 without one.

    A meta tag alone does not count, many a CMS gives one to standing pages.
    """
    facts = [
        fact.confidence
        for fact in (published, modified)
        if fact and (fact.method != "meta" or fact.confidence >= CONFIRMED)
    ]
    return max([*facts, LISTED if found.listed_date else 0.0])


def judge(signs: Signs, rules: Rules = NO_RULES) -> Kind:
    """The kind of a page. The catalogue's word on its URL settles article or page, but not that there is something to read."""
    size = weighed_length("".join(signs.paragraphs))
    if size < _SHORT and _says_absent(signs):
        return "none"
    if rules.kind:
        return rules.kind if size >= _LEAST_TEXT and _is_told(signs) else "none"
    if _is_listing(signs) and not (
        _declares_article(signs) and (size >= _SHORT or any(map(is_article, signs.page.things)))
    ):
        return "listing"
    if size < _LEAST_TEXT:
        return "none"
    if not _declares_article(signs) and (size < _LEAST_ARTICLE or (_is_root(signs.page.url) and signs.dated <= BARE)):
        return "page"
    return "page" if _is_standing(signs) else "article"


def _is_told(signs: Signs) -> bool:
    """Whether anything is told: by a title, with a date, or in a line of prose. Scraps of menus about what a script draws tell nothing."""
    sentences = (each for each in signs.paragraphs if _SENTENCE.search(each))
    return bool(signs.title or signs.dated) or any(weighed_length(each) >= _PROSE for each in sentences)


def weighed_length(text: str) -> int:
    """Characters of a text, a Chinese, Japanese or Korean sign counted as three: it says as much as half a word."""
    return len(text) + 2 * len(_DENSE.findall(text))


def _says_absent(signs: Signs) -> bool:
    texts = (signs.title or "", signs.page.page_title, *signs.paragraphs[:3])
    return any(
        opening("absent").match(folded) or any(folded.endswith(phrase) for phrase in phrases("absent"))
        for text in texts
        if (folded := fold(text)[:200])
    )


def _is_headline(line: Line) -> bool:
    if line.place not in {"", "box"} or line.linked < 0.8 * len(_BESIDE.sub("", line.text)):
        return False
    return weighed_length(line.text) >= _HEADLINE or line.heading > 1


def _is_listing(signs: Signs) -> bool:
    """Headline links under the page's heading, each with little more than a teaser. An article's box of links is none."""
    if _has_dated_slug(signs.page.url):
        return False
    lines = [line for line in signs.page.lines[signs.title_at or 0 :] if line.place in {"", "box"}]
    if _is_directory(lines):
        return True
    heads = [index for index, line in enumerate(lines) if _is_headline(line)]
    in_headings = sum(1 for head in heads if lines[head].heading > 1)
    if in_headings < 2 and len(heads) < (2 if _has_pager(signs.page.lines) else 4 if signs.dated else 3):
        return False
    teasers = [
        _prose(lines[head + 1 : following]) for head, following in zip(heads, [*heads[1:], len(lines)], strict=True)
    ]
    return _prose(lines[: heads[0]]) < _TEASER / 3 and max(teasers) < _TEASER


def _is_directory(lines: list[Line]) -> bool:
    """Whether the page is mostly links, of people or departments, too short for headlines."""
    links = [line for line in lines if line.is_link]
    share = sum(len(line.text) for line in links) / max(1, sum(len(line.text) for line in lines))
    return (len(links) >= _MANY_LINKS and share > 0.6) or (len(links) >= 4 * _MANY_LINKS and share > 0.2)


def _has_dated_slug(url: str) -> bool:
    """Whether an address states a day and goes on after it: one article's, not the day's."""
    written = date_in_url(url)
    return (
        written is not None and written.precision == "day" and re.search(r"[^\W\d_]{3}", url[written.end :]) is not None
    )


def _prose(lines: list[Line]) -> int:
    return sum(weighed_length(line.text) for line in lines if not line.is_link and weighed_length(line.text) >= _PROSE)


def _has_pager(lines: tuple[Line, ...]) -> bool:
    """Whether page numbers stand somewhere: a line "1 2" or the lines "1" and "2"."""
    numbers = [_numbers(line.text) if len(line.text) < 40 else () for line in lines]
    pairs = pairwise([*numbers, ()])
    return any(one[:2] == (1, 2) or (one[-1:] == (1,) and following[:1] == (2,)) for one, following in pairs)


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a line that has nothing else but signs, in any script's digits."""
    return tuple(int(number) for number in re.findall(r"\d{1,4}", text)) if not re.search(r"[^\W\d_]", text) else ()


def _declares_article(signs: Signs) -> bool:
    return (
        any(is_article(thing) for thing in signs.page.things)
        or "article" in signs.page.metas.get("og:type", ())
        or "article:published_time" in signs.page.metas
    )


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    path = parts.path.strip("/").lower()
    return (
        bool(parts.hostname)
        and not parts.query
        and (not path or re.fullmatch(r"[a-z]{2}|index\.\w{3,5}", path) is not None)
    )


def _is_standing(signs: Signs) -> bool:
    if signs.dated > BARE:
        return False
    words = phrases("standing")
    segments = [fold(segment) for segment in unquote(urlsplit(signs.page.url).path).split("/") if segment]
    crumbs = [line.folded for line in signs.page.lines if line.place == "crumbs"]
    if any(segment.partition(".")[0] in words for segment in segments) or any(crumb in words for crumb in crumbs):
        return True
    if signs.dated or _declares_article(signs):
        return False
    return signs.title is None or _names_topic(signs.title)


def _names_topic(title: str) -> bool:
    """Whether a title is a topic, "International relations", and no sentence: three words, or six Chinese signs."""
    return len(title) <= _TOPIC_SIGNS if _DENSE.search(title) else len(title.split()) <= _TOPIC_WORDS
