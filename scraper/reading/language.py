"""The language of a text as BCP 47: by its script, its small words (words.toml) and its letters (letters.toml).

Where these leave a doubt, py3langid's statistics speak, too. What the page, its address and its source claim is evidence and no truth:
many sites label every page alike.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, Final

from scraper.reading.model import Told
from scraper.reading.scripts import WRITTEN_IN, dominant_script, han_variant, with_script

_SAMPLE: Final = 6000
"""Characters that are looked at, a third of them each from the beginning, the middle and the end."""
_SPELT: Final = 1500
"""Characters that py3langid is given: it walks over them byte by byte."""
_MANY: Final = 300
"""Letters from which a text that lacks a language's own letters speaks against it: names alone may lack them."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_DEVANAGARI_WORD: Final = re.compile("[\u0900-\u0963]+")
"""Its vowel signs are no letters to Unicode."""
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
_APOSTROPHES: Final = "ʻʼ‘’'`"
"""Uzbek's are parts of letters. Elsewhere two words become one, which is no small word."""
_LEAST_HITS, _MARGIN = 4, 1.5
"""Small words that a language needs, and how many times those of the next, to be told by them alone."""
_LITTLE: Final = 0.05
"""Share below which nothing but letters speaks for a language: these alone never make it."""
_SHORT_TEXT, _NO_LANGUAGE = 60, 0.03
"""Words from which a text with a lower share of any language's small words is in a language that we do not know."""
_ELSEWHERE: Final = 0.4
"""A line in which the page's foremost language has a lower share of the small words that another has, is in another language."""
_LETTERS_BESIDE_WORDS: Final = 0.3
"""What letters may weigh where words tell the language: they part neighbours, and foreign names have foreign letters."""
_OWN_LETTERS: Final = 0.004
"""Share of a language's own letters: below it a long text is hardly in it, from it a claim is believed without small words."""
_MUCH: Final = 0.25
"""Share of a page's lines, by their length, from which it counts as bilingual."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """What is counted in a text. letters: of any script. words: in the dominant script's order of the text.

    hits: by language, its small words. lines: the same line by line, each with its length.
    """

    text: str
    characters: Counter[str]
    script: str
    letters: int
    words: tuple[str, ...]
    hits: Counter[str]
    lines: tuple[tuple[int, dict[str, int]], ...]

    @property
    def is_told_by_words(self) -> bool:
        _, most, next_most = _two_most(self.hits)
        return most >= _LEAST_HITS and most >= _MARGIN * next_most


def identify(text: str, claims: Iterable[str] = ()) -> Told[str | None]:
    """The language of `text`, with a script only where it is not the language's usual one, and the evidence.

    None where there are too few letters, or where the small words are of no language that we know. Of a page in two languages it is the
    one of more text. claims: BCP 47 tags that the page, its address or its source name.
    """
    characters = Counter(sample := _sampled(text))
    script = dominant_script(characters)
    if script is None:
        return Told(None, "too few letters to tell")
    possible = WRITTEN_IN[script]
    if len(possible) == 1:
        written = han_variant(characters) if script == "Hani" else script
        return Told(with_script(possible[0], written), f"script {written}")
    claimed = tuple(dict.fromkeys(tag.split("-")[0].lower() for tag in claims))
    seen = _count(sample, characters, script)
    is_strange = _two_most(seen.hits)[1] < _NO_LANGUAGE * len(seen.words) and _is_prose(text)
    if is_strange and not any(_own_letters(seen, each) >= _OWN_LETTERS for each in claimed if each in possible):
        return Told(None, f"script {script}, and the small words of no language that is known here")
    both = _two_languages(seen)
    if both:
        return _told(seen, max(both, key=lambda each: both[each]), claimed, both)
    shares = _shares(seen)
    likely = [each for each in possible if shares.get(each, 0.0) >= _LITTLE or each in claimed]
    language = max(likely or possible, key=lambda each: _score(seen, each, shares, each in claimed))
    return _told(seen, language, claimed, {})


def _is_prose(text: str) -> bool:
    """Whether a text is more than a list of names, which have capitals and no small words."""
    words = _WORD.findall(text[:_SAMPLE])
    return len(words) >= _SHORT_TEXT and 2 * sum(word[0].isupper() for word in words) < len(words)


def _sampled(text: str) -> str:
    if len(text) > _SAMPLE:
        part, middle = _SAMPLE // 3, len(text) // 2
        text = "\n".join((text[:part], text[middle - part // 2 : middle + part // 2], text[-part:]))
    return _ADDRESS.sub(" ", text.lower())


def _count(sample: str, characters: Counter[str], script: str) -> _Sample:
    languages_of = _words()[script]
    word_of = _DEVANAGARI_WORD if script == "Deva" else _WORD
    words: list[str] = []
    hits = Counter[str]()
    lines: list[tuple[int, dict[str, int]]] = []
    for line in dict.fromkeys(_without_apostrophes(sample, characters).split("\n")):
        in_line = word_of.findall(line)
        words += in_line
        of_line: dict[str, int] = {}
        for word in in_line:
            for language in languages_of.get(word, ()):
                of_line[language] = of_line.get(language, 0) + 1
        hits.update(of_line)
        lines.append((len(line), of_line))
    letters = sum(count for char, count in characters.items() if char.isalpha())
    return _Sample(sample, characters, script, letters, tuple(words), hits, tuple(lines))


def _without_apostrophes(sample: str, characters: Counter[str]) -> str:
    for apostrophe in _APOSTROPHES:
        if apostrophe in characters:
            sample = sample.replace(apostrophe, "")
    return sample


def _two_most(counts: Mapping[str, int]) -> tuple[str, int, int]:
    """The first of a count, how much it has, and how much the next has."""
    first, most, next_most = "", 0, 0
    for language, count in counts.items():
        if count > most:
            first, most, next_most = language, count, most
        elif count > next_most:
            next_most = count
    return first, most, next_most


def _shares(seen: _Sample) -> Mapping[str, float]:
    """How much speaks for each language, at most 1.5: its words, and in doubt statistics."""
    most = max(seen.hits.values(), default=0) or 1
    by_words = {language: count / most for language, count in seen.hits.items()}
    if seen.is_told_by_words:
        return by_words
    ranked = {str(language): float(share) for language, share in _identifier().rank(seen.text[:_SPELT])}
    return {
        language: ranked.get(language, 0.0)
        + min(1.0, seen.hits[language] / _LEAST_HITS) * by_words.get(language, 0.0) / 2
        for language in WRITTEN_IN[seen.script]
    }


def _two_languages(seen: _Sample) -> dict[str, float]:
    """The share that each of two languages has of a bilingual page's lines, empty where the page is in one."""
    first, _, _ = _two_most(seen.hits)
    sizes, hits = [0, 0], Counter[str]()
    for size, of_line in seen.lines:
        _, most, _ = _two_most(of_line)
        is_other = of_line.get(first, 0) < _ELSEWHERE * most
        sizes[is_other] += size if most > 1 else 0
        if is_other:
            hits.update(of_line)
    second, most, _ = _two_most(hits)
    elsewhere = sizes[True]
    if most < _LEAST_HITS or elsewhere < _MUCH * sum(sizes):
        return {}
    return {first: sizes[False] / sum(sizes), second: elsewhere / sum(sizes)}


def _own_letters(seen: _Sample, language: str) -> float:
    """Which share of the letters its neighbours lack."""
    own = _letters().get(seen.script, {}).get(language, _NO_LETTERS)["own"]
    return sum(seen.characters[char] for char in own) / seen.letters


def _score(seen: _Sample, language: str, shares: Mapping[str, float], is_claimed: bool) -> float:
    table = _letters().get(seen.script, {}).get(language, _NO_LETTERS)
    own = _own_letters(seen, language)
    foreign = sum(seen.characters[char] for char in table["foreign"]) / seen.letters
    lacking = bool(table["own"]) and seen.letters >= _MANY and own < _OWN_LETTERS
    letters = min(0.8, 12 * own) - min(2.0, 60 * foreign) - 0.9 * lacking
    if seen.is_told_by_words:
        letters = max(-_LETTERS_BESIDE_WORDS, min(_LETTERS_BESIDE_WORDS, letters))
    return shares.get(language, 0.0) + letters + 0.15 * is_claimed


def _told(seen: _Sample, language: str, claimed: tuple[str, ...], both: Mapping[str, float]) -> Told[str | None]:
    """The language with its evidence, such as "script Cyrl, words ва учун бу, letters ў қ ғ; claimed: ru"."""
    own = _letters().get(seen.script, {}).get(language, _NO_LETTERS)["own"]
    letters = [char for char in own if seen.characters[char]][:4]
    words = list(islice(dict.fromkeys(_small_words(seen, language)), 3))
    parts = [
        f"script {seen.script}",
        *([f"words {' '.join(words)}"] if words else []),
        *([f"letters {' '.join(letters)}"] if letters else []),
        *([] if both or seen.is_told_by_words else ["statistics"]),
    ]
    also = [f"{share:.0%} is {each}" for each, share in both.items() if each != language]
    claims = [f"claimed: {', '.join(claimed)}"] if claimed else []
    return Told(with_script(language, seen.script), "; ".join((", ".join(parts), *also, *claims)))


def _small_words(seen: _Sample, language: str) -> Iterator[str]:
    languages_of = _words()[seen.script]
    return (word for word in seen.words if len(word) > 1 and language in languages_of.get(word, ()))


_NO_LETTERS: Final = {"own": "", "foreign": ""}


@cache
def _letters() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("scraper.reading").joinpath("letters.toml").read_text("utf-8"))


@cache
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    """The languages that have a small word, by script and word."""
    table = tomllib.loads(files("scraper.reading").joinpath("words.toml").read_text("utf-8"))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for script, languages in table.items():
        index = found.setdefault(script, {})
        for language, words in languages.items():
            for word in dict.fromkeys(words.split()):
                index[word] = (*index.get(word, ()), language)
    return found


@cache
def _identifier() -> Any:
    """py3langid's model, half a second to load: once, and only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted({each for row in WRITTEN_IN.values() for each in row} & set(identifier.labels)))
    return identifier
