"""A text that stands in a script only: a page whose own program has yet to draw it, from the data that was sent along.

Two places hold it: JSON-LD (`articleBody`), and strings of markup in what frameworks send to the browser (Next.js, Nuxt, Apollo, any
JSON). No script is run: the strings are read, and the one that says most of what the page's title announces is the text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from scraper.reading.body import Body
from scraper.reading.document import Document
from scraper.reading.markup import Element, parse
from scraper.reading.notices import weighed_length
from scraper.reading.outline import Line, outline
from scraper.reading.phrases import fold
from scraper.reading.prune import is_chrome_line
from scraper.reading.structured import articles

LITTLE: Final = 200
"""Weighed characters of a body below which the scripts are looked into."""
_CLEARLY_MORE: Final = 3
_MOST_SCRIPT: Final = 3_000_000
"""Characters of all scripts that are looked through."""
_MOST_STRINGS, _MOST_PARSED = 50, 5
_SENTENCES: Final = 90
"""Weighed characters from which an unlinked line with a sign of sentences reads as prose."""
_KIN: Final = 0.5
"""Share of the words of a title that its own text has, inflected or not."""
_FEWEST_WORDS: Final = 3
"""Words of a title below which any text may have them by chance, as a site's name."""
_MOST_COMPARED: Final = 20_000
"""Characters of a text that are compared with the titles."""
_STEM: Final = 5
"""Letters by which words are compared, since many languages inflect their ends."""

_LITERAL: Final = re.compile(r'"((?:[^"\\\r\n]++|\\.)*+)"?')
"""A JSON string. One that is not closed ends with its line, so that each character is looked at once."""
_TAG: Final = re.compile(r"<(?:p|br|h[2-6])\b[^<>]{0,500}>", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<[^<>]{1,500}>")
_MARKED: Final = re.compile(r"<|\\u003c|\\x3c|&lt;", re.IGNORECASE)
_DATA: Final = re.compile(r'\s*[\[{]\s*["{\[]')
"""How JSON within a string begins."""
_ESCAPE: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_FLIGHT: Final = re.compile(r"self\.__next_f\.push\(\[1,\s?")
_FLIGHT_TEXT: Final = re.compile(rb"(?<![0-9a-f])[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")
"""How Next.js announces a long text: its number, and its length in bytes of UTF-8."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SENTENCE: Final = re.compile(r"[.,;:!?…。，、；：！？؟،؛۔।\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""What stands in sentences; the letters of those who write them without signs, from Thai to Khmer, among it."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Stated:
    """Markup that may be the text. where: it was found. own: whether the page itself says that it is its article's."""

    markup: str
    where: str
    own: bool = False


def drawn(page: Document, body: Body) -> tuple[Document, Body]:
    """The page as its script would draw it, and its text, where a script says clearly more than the page; else both as they are.

    The text is put at the end of the page's tree, and its lines before those of the footer.
    """
    size = _weight(body.lines)
    if size >= LITTLE or (shown := page.tree.find("body")) is None:
        return page, body
    for stated in _likeliest(page):
        if (holder := _parsed(stated.markup)) is None:
            continue
        lines = tuple(line for line in outline(holder) if line.place != "caption" and not is_chrome_line(line.folded))
        if _is_prose(lines) and _weight(lines) >= max(LITTLE, _CLEARLY_MORE * size):
            shown.append(holder)
            at = next((index for index, line in enumerate(page.lines) if line.place == "foot"), len(page.lines))
            whole = page.with_lines((*page.lines[:at], *lines, *page.lines[at:]))
            return whole, Body(lines, f"{stated.where}: it says more than the page shows, {len(lines)} lines")
    return page, body


def _weight(lines: Iterable[Line]) -> int:
    return sum(weighed_length(line.text) for line in lines)


def _is_prose(lines: Iterable[Line]) -> bool:
    """Whether most of what the lines say are sentences."""
    whole = told = 0
    for line in lines:
        size = weighed_length(line.text)
        whole += size
        if size >= _SENTENCES and line.linked < 0.5 * len(line.text) and _SENTENCE.search(line.text):
            told += size
    return 2 * told > whole


def _parsed(markup: str) -> Element | None:
    tree = parse(markup)
    holder = tree.find("body") if tree is not None else None
    if holder is not None:
        holder.tag = "div"
    return holder


def _likeliest(page: Document) -> list[_Stated]:
    """What may be the page's text, the longest first. A string of which the page does not say that it is its own must fit its title."""
    found = [*_article_bodies(page), *_strings_of_markup(page.tree)]
    found.sort(key=lambda each: len(_ANY_TAG.sub("", each.markup)), reverse=True)
    titles = [keys for text in _announcements(page) if len(keys := _keys(fold(text))) >= _FEWEST_WORDS]
    fitting = (each for each in found if each.own or _fits(each.markup, titles))
    return list(islice(fitting, _MOST_PARSED))


def _article_bodies(page: Document) -> list[_Stated]:
    """`articleBody` of JSON-LD. Where there are several, of a list, none is said to be the page's own."""
    texts = [thing.get("articleBody") for thing in articles(page.things)]
    kept = list(dict.fromkeys(text for text in texts if isinstance(text, str) and len(text) >= LITTLE // 3))
    return [_Stated(_marked_up(text), "JSON-LD's articleBody", own=len(kept) == 1) for text in kept[:_MOST_STRINGS]]


def _marked_up(text: str) -> str:
    """Text with its lines as paragraphs where it has no markup of its own."""
    text = _clean(html.unescape(text))
    if _TAG.search(text):
        return text
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def _announcements(page: Document) -> list[str]:
    names = ("og:title", "og:description", "description", "twitter:title")
    return [page.page_title, *(text for name in names for text in page.metas.get(name, ())[:1])]


def _keys(folded: str) -> set[str]:
    """What a text is compared by: the beginnings of its words, and pairs of signs where words are not parted."""
    keys: set[str] = set()
    for word in _WORD.findall(folded[:1000]):
        if weighed_length(word) > len(word):
            keys.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _STEM - 1:
            keys.add(word[:_STEM])
    return keys


def _fits(markup: str, titles: list[set[str]]) -> bool:
    text = fold(_ANY_TAG.sub(" ", markup)[:_MOST_COMPARED])
    return any(sum(key in text for key in keys) >= _KIN * len(keys) for keys in titles)


def _strings_of_markup(tree: Element) -> list[_Stated]:
    found = (text for text in _values(_scripts(tree)) if _TAG.search(text))
    return [_Stated(text, "markup in a script's data") for text in islice(dict.fromkeys(found), _MOST_STRINGS)]


def _scripts(tree: Element) -> list[str]:
    texts, left = [], _MOST_SCRIPT
    for script in tree.iter("script"):
        text = script.text or ""
        left -= len(text)
        if left < 0:
            break
        if "ld+json" not in (script.get("type") or ""):
            texts.append(text)
    return texts


def _values(scripts: list[str]) -> Iterator[str]:
    """The strings of scripts that may hold markup, and those of the JSON within them."""
    flight = []
    for text in scripts:
        if (begins := _FLIGHT.match(text)) is not None:
            literal = _LITERAL.match(text, begins.end())
            flight.append(_decoded(literal.group(1)) if literal else "")
        elif _MARKED.search(text):
            yield from _literals(text)
    if flight:
        yield from _flight_values("".join(flight))


def _flight_values(flight: str) -> Iterator[str]:
    """The strings in what Next.js streams: long texts by their length, the others in rows of JSON."""
    stream = flight.encode("utf-8", "replace")
    rows, at = [], 0
    while (text := _FLIGHT_TEXT.search(stream, at)) is not None:
        rows.append(stream[at : text.start()])
        at = text.end() + int(text.group(1), 16)
        yield stream[text.end() : at].decode("utf-8", "replace")
    rows.append(stream[at:])
    yield from _literals(b"\n".join(rows).decode("utf-8", "replace"))


def _literals(text: str, *, deeper: bool = True) -> Iterator[str]:
    """The long strings of a JSON text or a program, decoded; where one is JSON itself, its strings."""
    for literal in _LITERAL.finditer(text):
        raw = literal.group(1)
        if len(raw) < LITTLE // 3 or not _MARKED.search(raw):
            continue
        value = _decoded(raw)
        if deeper and _DATA.match(value):
            yield from _literals(value, deeper=False)
        else:
            yield _twice_decoded(value)


def _twice_decoded(value: str) -> str:
    """A string whose markup is still escaped, as in JSON that a program has in a string, or as entities."""
    if _TAG.search(value):
        return value
    again = _decoded(value) if "\\" in value else value
    return _clean(html.unescape(again)) if "&lt;" in again else again


def _decoded(raw: str) -> str:
    """What stands between the quotes of a literal, without its escapes. Those of JavaScript that JSON has not are read, too."""
    try:
        value = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        try:
            value = json.loads(f'"{_ESCAPE.sub(_json_escape, raw)}"', strict=False)
        except ValueError:
            return ""
    return _clean(value)


def _json_escape(escape: re.Match[str]) -> str:
    code, sign = escape.groups()
    if code:
        return f"\\u00{code}"
    return f"\\{sign}" if sign in '"\\/bfnrtu' else str(sign)


def _clean(text: str) -> str:
    """Text without halves of pairs, which no parser takes."""
    return _SURROGATE.sub("", text)
