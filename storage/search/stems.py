"""Stems: what the forms of a word have in common, by the language of the text.

A stem is kept as ``language~stem`` beside the word. A query, whose language nobody knows, asks for the stems that its word
would have in every language of its script: each finds only texts in its own language, so that German rules never cut an English word.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

SNOWBALL = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
}
"""Snowball's algorithms by BCP 47 language. Its Persian one makes "knowledge" of "university": ours below is lighter."""

SCRIPTS = {"latin": ("de", "en", "es", "fr", "it", "pt"), "cyrillic": ("ru",), "arabic": ("ar", "fa")}

LIGHT_PREFIXES = {"ar": ("وال", "بال", "فال", "کال", "ال", "لل")}
LIGHT_SUFFIXES = {"ar": ("ات", "ین", "ون", "ه"), "fa": ("هایی", "های", "ها")}
SHORTEST = 3
"""Letters that a word must have, and that must be left of it when an affix is taken off."""


class Stemmer(Protocol):
    def stemWord(self, word: str, /) -> str: ...  # noqa: N802  Snowball's name


def stems(word: str, language: str | None) -> tuple[str, ...]:
    """The marked stems of a folded word.

    language: BCP 47 primary subtag of the text; none come of a language without rules. None asks for every language of the script.
    """
    languages = SCRIPTS.get(script_of(word), ()) if len(word) >= SHORTEST else ()
    if language is not None:
        languages = (language,) if language in languages else ()
    return tuple(f"{each}~{_stem(word, each)}" for each in languages)


def script_of(word: str) -> str:
    """latin, cyrillic or arabic by the first letter; other for the rest and for numbers."""
    letter = word[:1]
    if "a" <= letter <= "z":
        return "latin"
    if "\u0400" <= letter <= "\u052f":
        return "cyrillic"
    return "arabic" if "\u0620" <= letter <= "\u06ff" and not letter.isdigit() else "other"


def _stem(word: str, language: str) -> str:
    if language in SNOWBALL:
        return _snowball(SNOWBALL[language]).stemWord(word)
    for prefix in LIGHT_PREFIXES.get(language, ()):
        if word.startswith(prefix) and len(word) >= len(prefix) + SHORTEST:
            word = word.removeprefix(prefix)
            break
    for suffix in LIGHT_SUFFIXES[language]:
        if word.endswith(suffix) and len(word) >= len(suffix) + SHORTEST:
            return word.removesuffix(suffix)
    return word


@cache
def _snowball(algorithm: str) -> Stemmer:
    import snowballstemmer

    stemmer: Stemmer = snowballstemmer.stemmer(algorithm)
    return stemmer
