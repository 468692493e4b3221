"""Folded text as tokens, each with one character for its part in a date, so that a grammar can be a pattern over them.

Beside the words' kinds (lexicon.py):
    I numeric date   i the same with a year of two digits   c time of day   T the T of ISO 8601
    d number of one or two digits   n of three   Y a year of four   X any other number
    D day in words   M month   W weekday   E era before its year   N R G 年 日 月   k one character for a weekday
    blank and line break stand for themselves, as do - . / , ; : | ~ ( ) ' "   x any other word   ? any other character
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scraper.reading.dates.calendars import ERAS
from scraper.reading.dates.lexicon import RELATIVE_KINDS, WORD, Lexicon

_NUMERIC = r"""
    (?<![\d_/\\@\#$%&=+~^])(?<!\d[-.,:])
    (?: \d{4} (?: -\d{1,2}- | /\d{1,2}/ | \.[ ]?\d{1,2}\.[ ]? | [ ]/[ ]\d{1,2}[ ]/[ ] | [ ]-[ ]\d{1,2}[ ]-[ ] ) \d{1,2}
      | \d{1,2} (?: -\d{1,2}- | /\d{1,2}/ | \.[ ]?\d{1,2}\.[ ]? | [ ]/[ ]\d{1,2}[ ]/[ ] | [ ]-[ ]\d{1,2}[ ]-[ ] | [ ]\|[ ]\d{1,2}[ ]\|[ ] )
          \d{4} )
    (?! [\d_%] | [-./:,]\d | -[a-z] | \.(?:pdf|jpe?g|png|docx?|html?)\b )
"""
_SHORT = r"(?<![\d_/\\@\#$%&=+~^])(?<!\d[-.,:]) \d{1,2}(?P<sign>[-./])\d{1,2}(?P=sign)\d{2} (?! [\d_%a-z] | [-./:,]\d | -[a-z] )"
_CLOCK = r"""
    (?<![\d:]) (?: (?: \d{1,2}:\d\d:\d\d (?:[.,:]\d{1,9})? | (?<=t)\d\d:\d\d (?:[.,]\d{1,9})? ) (?: [ ]?(?:z(?![a-z])|[+-]\d\d:?\d\d) )?
                 | \d{1,2}:\d\d (?: [ ]?(?:z(?![a-z])|\+\d\d:?\d\d) )? ) (?! \d | :\d )
"""
"""Without seconds a minus is the dash of "10:00-12:00", unless the T of ISO 8601 stands before."""

_HAN_NUMBER = r"(?:[〇零○一二三四五六七八九十廿]+|(?:(?<=令和)|(?<=平成)|(?<=昭和))元) (?= [ ]?[年月日号號])"
_HAN = r"(?:星期|周|週|礼拜|禮拜)[一二三四五六日天] | [月火水木金土日]曜日? | 元(?=年)"

_MERIDIEM = {"a": "a", "p": "p"}
_HAN_KINDS = {"年": "N", "月": "G", "日": "R", "号": "R", "號": "R", "년": "N", "월": "G", "일": "R"}
_PUNCTUATION = frozenset(" \n-./,;:|~()'\"")


@dataclass(frozen=True)
class Tokens:
    """kinds: one character a token. spans: where each stands in text, the folded one."""

    text: str
    kinds: str
    spans: list[tuple[int, int]]

    def word(self, index: int) -> str:
        """The token's folded text without blanks, as the lexicon has it."""
        start, end = self.spans[index]
        return self.text[start:end].replace(" ", "")


@lru_cache(maxsize=64)
def _tokeniser(phrases: str) -> re.Pattern[str]:
    eras = "|".join(ERAS)
    alternatives = f"""
        (?P<I>{_NUMERIC}) | (?P<i>{_SHORT}) | (?P<c>{_CLOCK}) | (?P<T>(?<=\\d)t(?=\\d))
        | (?P<X>\\d{{1,3}}(?:[.,]\\d{{3}})+(?!\\d)) | (?P<number>\\d+) | (?P<han>{_HAN_NUMBER})
        | (?:(?<=\\d)|(?<=\\d[ ]))(?P<meridiem>[ap])(?:m|\\.[ ]?m\\.?)(?![^\\W_])
        | (?P<E>{eras}) | (?P<W>{_HAN}) | (?<=\\()(?P<k>[月火水木金土日월화수목금토일一二三四五六])(?=\\))
        | (?P<mark>[年月日号號]|(?:(?<=\\d)|(?<=\\d[ ]))[년월일](?!요일)) | (?P<phrase>{phrases})
        | (?P<word>{WORD}) | (?P<break>[ ]*\\n[\\n ]*) | (?P<blank>[ ]+) | (?P<other>.)
    """
    return re.compile(alternatives, re.VERBOSE | re.DOTALL)


def tokenise(text: str, start: int, end: int, lexicon: Lexicon, *, breaks: bool, relative: bool = False) -> Tokens:
    """The tokens of ``text[start:end]``, which is folded.

    breaks: a line break parts what stands before it from what follows; otherwise it is a blank.
    relative: words that count from today are told apart.
    """
    kinds: list[str] = []
    spans: list[tuple[int, int]] = []
    line_break = "\n" if breaks else " "
    for match in _tokeniser(lexicon.phrases).finditer(text, start, end):
        group = match.lastgroup or "other"
        word = match[0]
        if group == "word" or group == "phrase":
            kind = _word_kind(word.replace(" ", ""), lexicon, relative=relative)
        elif group == "number":
            kind = _number_kind(word)
        elif group == "blank":
            kind = " "
        elif group == "other":
            kind = word if word in _PUNCTUATION else lexicon.kinds.get(word, "?")
        elif group == "break":
            kind = line_break
        elif group == "mark":
            kind = _HAN_KINDS[word]
        elif group == "meridiem":
            kind = match["meridiem"]
        elif group == "han":
            kind = "Y" if len(word) == 4 and "十" not in word else "d"
        else:
            kind = group
        kinds.append(kind)
        spans.append(match.span())
    return Tokens(text, "".join(kinds), spans)


def _word_kind(word: str, lexicon: Lexicon, *, relative: bool) -> str:
    if word in lexicon.months:
        return "M"
    if relative and word in lexicon.relative:
        return RELATIVE_KINDS[lexicon.relative[word]]
    if word in lexicon.days:
        return "D"
    return lexicon.kinds.get(word, "x")


def _number_kind(digits: str) -> str:
    if len(digits) <= 2:
        return "d"
    if len(digits) == 3:
        return "n"
    if len(digits) == 4 and ("1279" <= digits <= "1530" or "1900" <= digits <= "2100" or "2440" <= digits <= "2643"):
        return "Y"
    return "X"


def number_value(word: str) -> int:
    """The value of a number in digits or Chinese numerals; 元, an era's first year, is 1."""
    if word.isdigit() and word.isascii():
        return int(word)
    if word == "元":
        return 1
    values = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    word = word.replace("廿", "二十")
    if "十" in word:
        tens, _, ones = word.partition("十")
        return 10 * values.get(tens, 1 if not tens else 100) + values.get(ones, 0)
    return int("".join(str(values[char]) for char in word))
