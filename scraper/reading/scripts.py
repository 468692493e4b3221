"""The script of a text as ISO 15924, and the languages that we tell apart in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Final

WRITTEN_IN: Final = {
    script: tuple(languages.split())
    for script, languages in {
        "Cyrl": "az ba be bg kk ky mk mn ru sr tg tk tt uk uz",
        "Arab": "ar ckb fa ps ug ur",
        "Latn": "af az bs ca cs da de en es et fi fr ga hr hu id is it kk ku lt lv ms nl nn no pl pt ro sk sl sq sr sv sw tk tl tr uz vi",
        "Deva": "hi mr ne",
        "Hani": "zh",
        "Kana": "ja",
        "Hang": "ko",
        "Grek": "el",
        "Thai": "th",
        "Hebr": "he",
        "Armn": "hy",
        "Geor": "ka",
        "Beng": "bn",
        "Guru": "pa",
        "Gujr": "gu",
        "Taml": "ta",
        "Telu": "te",
        "Knda": "kn",
        "Mlym": "ml",
        "Sinh": "si",
        "Laoo": "lo",
        "Mymr": "my",
        "Ethi": "am",
        "Khmr": "km",
    }.items()
}
"""BCP 47 primary subtags by script. Dari is not told from Persian, which it is written as."""
_USUAL: Final = {"az": "Latn", "kk": "Cyrl", "ku": "Latn", "sr": "Cyrl", "tk": "Latn", "uz": "Latn", "zh": "Hans"}
"""The usual script of a language that is also written in another."""
_LEAST: Final = 12
"""Letters below which a text is too short to have a language."""
_RANGES: Final = (
    (0x41, "Latn"), (0x5B, ""), (0x61, "Latn"), (0x7B, ""), (0xC0, "Latn"), (0x250, ""), (0x370, "Grek"), (0x400, "Cyrl"), (0x530, "Armn"),
    (0x590, "Hebr"), (0x600, "Arab"), (0x700, ""), (0x750, "Arab"), (0x780, ""), (0x900, "Deva"), (0x980, "Beng"), (0xA00, "Guru"),
    (0xA80, "Gujr"), (0xB00, ""), (0xB80, "Taml"), (0xC00, "Telu"), (0xC80, "Knda"), (0xD00, "Mlym"), (0xD80, "Sinh"), (0xE00, "Thai"),
    (0xE80, "Laoo"), (0xF00, ""), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, ""), (0x1780, "Khmr"),
    (0x1800, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x3041, "Kana"), (0x3100, ""), (0x3400, "Hani"), (0xA000, ""),
    (0xAC00, "Hang"), (0xD7A4, ""), (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"), (0xFEFF, ""),
)  # fmt: skip
"""Where a range of Unicode begins, and the script of its letters: of the blocks that pages are written in."""
_STARTS: Final = tuple(start for start, _ in _RANGES)
_TRADITIONAL: Final = frozenset("這國對時們說學會來為個過發經長後開動種樣與東業當沒還進點實體關機從問無應現將內")
_SIMPLIFIED: Final = frozenset("这国对时们说学会来为个过发经长后开动种样与东业当没还进点实体关机从问无应现将内")


def dominant_script(characters: Counter[str]) -> str | None:
    """The ISO 15924 script of most of a text's letters (Kana where any amount marks Japanese), None below a dozen letters.

    characters: how often each stands in the text.
    """
    counts: Counter[str] = Counter()
    for char, count in characters.items():
        if char.isalpha():
            counts[script_of(char)] += count
    del counts[""]
    total = counts.total()
    if total < _LEAST:
        return None
    if counts["Kana"] > 0.05 * (counts["Hani"] + counts["Kana"]) and counts["Hani"] + counts["Kana"] > 0.3 * total:
        return "Kana"
    for dense in ("Hani", "Hang", "Thai"):
        if counts[dense] > 0.3 * total:  # one sign is a syllable or a word: a few Latin names outnumber them
            return dense
    return counts.most_common(1)[0][0]


def script_of(letter: str) -> str:
    """The ISO 15924 script of one letter, empty where it is none of those that we know."""
    return _RANGES[max(0, bisect_right(_STARTS, ord(letter)) - 1)][1]


def with_script(language: str, script: str) -> str:
    """A tag with its script subtag where the script is not the usual one of a language that is written in several."""
    usual = _USUAL.get(language)
    return f"{language}-{script}" if usual and script != usual else language


def han_variant(characters: Counter[str]) -> str:
    """Whether Chinese is written in simplified signs, Hans, or in traditional ones, Hant."""
    traditional = sum(count for char, count in characters.items() if char in _TRADITIONAL)
    simplified = sum(count for char, count in characters.items() if char in _SIMPLIFIED)
    return "Hant" if traditional > simplified else "Hans"
