"""What a page is: an article, a standing page, a listing of links, or nothing to read, and which sign told it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from scraper.reading.dates import date_in_url
from scraper.reading.document import Document
from scraper.reading.model import DateFact, Found, Kind, Rules, Told
from scraper.reading.notices import Notice, has_notice, notice_at_edge, weighed_length
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
MARKED: Final = 0.8
"""Confidence that a date with words such as "published" exceeds: a few lines among a menu's links may have one, a directory has none."""
_SHORT: Final = 600
_PROSE: Final = 90
"""Characters from which an unlinked line reads as prose."""
_HEADLINE: Final = 25
_BESIDE: Final = re.compile(r"[\W\d]+")
"""What stands beside a headline in its line and is no text: a date, a sign."""
_MANY_LINKS: Final = 40
_LEAST_SHARE: Final = 0.25
"""Share of prose below which a text without a date is no news."""
_TOPIC_WORDS: Final = 3
_TOPIC_SIGNS: Final = 6
_TEASER: Final = 600
"""Characters of prose from which what follows a headline is more than a teaser."""
_SENTENCE: Final = re.compile(r"[.,;:!?…。，、；：！？؟،؛।۔]")
"""What stands in sentences and not between the words of a menu."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a page when its kind is judged. title_at: the index of the line that shows the title.

    dated: how surely it has a date of publication or change, see `surety`. published: the same of publication alone.
    """

    page: Document
    title: str | None
    title_at: int | None
    paragraphs: tuple[str, ...]
    dated: float
    published: float = 0.0


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


def judge(signs: Signs, rules: Rules = NO_RULES) -> Told[Kind]:
    """The kind of a page, and the sign of it.

    The catalogue's word on its address settles article or page, and not whether there is anything to read.
    """
    size = weighed_length("".join(signs.paragraphs))
    if size < _SHORT and (notice := _notice(signs)) is not None:
        return Told("none", notice)
    if rules.kind:
        if size >= _LEAST_TEXT and _is_told(signs):
            return Told(rules.kind, "the catalogue says so of such addresses")
        return Told("none", _why_nothing(signs, size))
    is_declared = _declares_article(signs)
    if (list_of := _listing(signs)) is not None and not (
        is_declared and (size >= _SHORT or any(map(is_article, signs.page.things)))
    ):
        return Told("listing", list_of)
    if size < _LEAST_TEXT:
        return Told("none", _why_nothing(signs, size))
    if (standing := _standing(signs, size, is_declared)) is not None:
        return Told("page", standing)
    if is_declared:
        return Told("article", "the page declares itself one")
    return Told("article", "a text with a date" if signs.dated else "a text under a headline")


def _is_prose(paragraph: str) -> bool:
    return weighed_length(paragraph) >= _PROSE and _SENTENCE.search(paragraph) is not None


def _is_told(signs: Signs) -> bool:
    """Whether anything is told: by a title, with a date, or in a line of prose. Scraps of menus about what a script draws tell nothing."""
    return bool(signs.title or signs.dated) or any(map(_is_prose, signs.paragraphs))


_SAYS: Final[dict[Notice, str]] = {
    "missing": "soft 404: it says",
    "failing": "an error page: it says",
    "asks": "a challenge: it says",
}


def _notice(signs: Signs) -> str | None:
    """What a page says of itself where it is none."""
    texts = (signs.title or "", signs.page.page_title, *signs.paragraphs[:3])
    found = notice_at_edge([fold(text)[:200] for text in texts], _SAYS)
    if found is not None:
        return f'{_SAYS[found[0]]} "{found[1]}"'
    title = fold(signs.page.page_title)[:200]
    beside = next((group for group in _SAYS if has_notice(title, group)), None)
    return f'{_SAYS[beside]} "{title}"' if beside else None


def _why_nothing(signs: Signs, size: int) -> str:
    """Why there is nothing to read: a script is to draw it, or there is too little."""
    if size < _LEAST_TEXT and not signs.paragraphs and any(True for _ in islice(signs.page.tree.iter("script"), 1)):
        return "an empty shell: a script must draw the page"
    return (
        f"too little to read: {size} characters"
        if size < _LEAST_TEXT
        else "scraps of a menu: no title, no date, no sentence"
    )


def _is_headline(line: Line) -> bool:
    if line.place not in {"", "box"} or line.linked < 0.8 * len(_BESIDE.sub("", line.text)):
        return False
    if opening("published").match(line.folded) or opening("modified").match(line.folded):
        return False  # a theme that links an article's date and author
    return weighed_length(line.text) >= _HEADLINE or line.heading > 1


def _listing(signs: Signs) -> str | None:
    """What shows a list: links to headlines under the page's heading, with at most teasers. An article's box of links is none."""
    if _has_dated_slug(signs.page.url):
        return None
    lines = [line for line in signs.page.lines[signs.title_at or 0 :] if line.place in {"", "box"}]
    if (links := _directory(lines)) and not (signs.published > MARKED and _prose(lines)):
        return f"a directory of {links} links"
    heads = [index for index, line in enumerate(lines) if _is_headline(line)]
    in_headings = sum(1 for head in heads if lines[head].heading > 1)
    if in_headings < 2 and len(heads) < (2 if _has_pager(signs.page.lines) else 4 if signs.dated else 3):
        return None
    teasers = [
        _prose(lines[head + 1 : following]) for head, following in zip(heads, [*heads[1:], len(lines)], strict=True)
    ]
    if _prose(lines[: heads[0]]) < _TEASER / 3 and max(teasers) < _TEASER:
        return f"{len(heads)} headlines that are links, with no more than teasers"
    return None


def _directory(lines: list[Line]) -> int:
    """How many links a page has that is mostly links, of people or departments, too short for headlines; 0 where it has a text, too."""
    links = [index for index, line in enumerate(lines) if line.is_link]
    share = sum(len(lines[index].text) for index in links) / max(1, sum(len(line.text) for line in lines))
    if not ((len(links) >= _MANY_LINKS and share > 0.6) or (len(links) >= 4 * _MANY_LINKS and share > 0.2)):
        return 0
    between = [_prose(lines[one + 1 : other]) for one, other in pairwise([-1, *links, len(lines)])]
    return 0 if max(between) >= _TEASER or between[0] >= _TEASER / 3 else len(links)


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


def _standing(signs: Signs, size: int, is_declared: bool) -> str | None:
    """What shows that a page stands there for good and is no news."""
    if not is_declared and size < _LEAST_ARTICLE:
        return f"too short for an article: {size} characters"
    if not is_declared and signs.dated <= BARE and _is_root(signs.page.url):
        return "the front page's address"
    if signs.dated > BARE:
        return None
    words = phrases("standing")
    segments = [fold(segment) for segment in unquote(urlsplit(signs.page.url).path).split("/") if segment]
    crumbs = [line.folded for line in signs.page.lines if line.place == "crumbs"]
    named = [word for word in (*(segment.partition(".")[0] for segment in segments), *crumbs) if word in words]
    if named:
        return f'its address or breadcrumb says "{named[0]}"'
    if signs.dated or is_declared:
        return None
    if signs.title is None:
        return "no title and no date"
    told = sum(weighed_length(each) for each in signs.paragraphs if _is_prose(each))
    if told < _LEAST_SHARE * size:
        return "a table or list without a date, with few sentences"
    return "its title names a topic, and it has no date" if _names_topic(signs.title) else None


def _names_topic(title: str) -> bool:
    """Whether a title is a topic, "International relations", and no sentence: three words, or six Chinese signs."""
    return len(title) <= _TOPIC_SIGNS if weighed_length(title) > len(title) else len(title.split()) <= _TOPIC_WORDS
