"""The language of a text as BCP 47: by its script, by letters that only one language has, and by py3langid.

The page's own ``lang`` and the source's languages are a prior and no truth: many sites label every page alike.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

_WRITTEN_IN: Final = {
    "Cyrl": "az be bg kk ky mk mn ru sr tg tk uk uz",
    "Arab": "ar fa ps ur",
    "Latn": "az cs da de en es et fi fr hr hu id it kk lt lv ms nl no pl pt ro sk sl sr sv tk tr uz vi",
    "Hani": "zh",
    "Kana": "ja",
    "Hang": "ko",
    "Grek": "el",
    "Thai": "th",
    "Deva": "hi",
    "Hebr": "he",
    "Armn": "hy",
    "Geor": "ka",
}
"""The languages that we tell apart, by the ISO 15924 script of the text."""
_USUAL: Final = {"uz": "Latn", "kk": "Cyrl", "az": "Latn", "sr": "Cyrl", "tk": "Latn"}
"""The usual script of a language that is also written in another of ours."""
_SAMPLE: Final = 6000
"""Characters whose letters are counted."""
_SPELT: Final = 2000
"""Characters that py3langid is given: it walks over them byte by byte."""
_LEAST: Final = 12
"""Letters below which a text is too short to have a language."""
_SCRIPTS: Final = (
    ("Cyrl", re.compile(r"[Ѐ-ӿ]")), ("Arab", re.compile(r"[؀-ۿݐ-ݿ]")), ("Hani", re.compile(r"[㐀-鿿]")), ("Kana", re.compile(r"[ぁ-ヿ]")),
    ("Hang", re.compile(r"[가-힣]")), ("Grek", re.compile(r"[Ͱ-Ͽ]")), ("Thai", re.compile(r"[ก-๛]")), ("Deva", re.compile(r"[ऀ-ॿ]")),
    ("Hebr", re.compile(r"[א-ת]")), ("Armn", re.compile(r"[Ա-֏]")), ("Geor", re.compile(r"[ა-ჿ]")), ("Latn", re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")),
)  # fmt: skip
_MANY: Final = 300
"""Letters from which a text that lacks a language's own letters speaks against it: names alone may lack them."""


def identify(text: str, priors: Iterable[str] = ()) -> str | None:
    """The language of `text` as BCP 47, with a script only where it is not the language's usual one. None when too short.

    priors: BCP 47 tags that the page or its source claim.
    """
    sample = text[:_SAMPLE].lower()
    counts = Counter(sample)
    script = dominant_script(counts)
    if script is None:
        return None
    possible = _WRITTEN_IN[script].split()
    claimed = frozenset(tag.split("-")[0].lower() for tag in priors)
    language = possible[0] if len(possible) == 1 else _likeliest(sample, counts, script, possible, claimed)
    return with_script(language, script)


def dominant_script(characters: Counter[str]) -> str | None:
    """The ISO 15924 script of most of a text's letters (Kana where any amount marks Japanese), None below a dozen letters.

    characters: how often each stands in the text.
    """
    met = "".join(characters)
    counts = Counter({name: sum(characters[one] for one in pattern.findall(met)) for name, pattern in _SCRIPTS})
    total = counts.total()
    if total < _LEAST:
        return None
    if counts["Kana"] > 0.05 * (counts["Hani"] + counts["Kana"]) and counts["Hani"] + counts["Kana"] > 0.3 * total:
        return "Kana"
    for dense in ("Hani", "Hang", "Thai"):
        if counts[dense] > 0.3 * total:  # one sign is a syllable or a word: a few Latin names outnumber them
            return dense
    return counts.most_common(1)[0][0]


def with_script(language: str, script: str) -> str:
    """A tag with its script subtag where the script is not the usual one of a language that is written in several."""
    usual = _USUAL.get(language)
    return f"{language}-{script}" if usual and script != usual else language


def _likeliest(sample: str, counts: Counter[str], script: str, possible: list[str], claimed: frozenset[str]) -> str:
    ranked = {str(language): float(share) for language, share in _identifier().rank(sample[:_SPELT])}
    letters = sum(count for char, count in counts.items() if char.isalpha())

    def score(language: str) -> float:
        table = _letters()[script].get(language, {"own": "", "foreign": ""})
        own = sum(counts[char] for char in table["own"]) / letters
        foreign = sum(counts[char] for char in table["foreign"]) / letters
        lacking = bool(table["own"]) and letters >= _MANY and own < 0.004
        return (
            ranked.get(language, 0.0)
            + min(0.8, 12 * own)
            - min(2.0, 60 * foreign)
            - 0.9 * lacking
            + 0.15 * (language in claimed)
        )

    return max(possible, key=score)


@cache
def _letters() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("scraper.reading").joinpath("letters.toml").read_text("utf-8"))


@cache
def _identifier() -> Any:
    """py3langid's model, half a second to load: once, and only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted({language for row in _WRITTEN_IN.values() for language in row.split()}))
    return identifier
