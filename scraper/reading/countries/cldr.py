"""Babel's CLDR names of countries in a language, as patterns of ours."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any, Final

LEFT_OUT: Final = frozenset(
    [
        *(
            "AC",
            "AQ",
            "BV",
            "CP",
            "CQ",
            "DG",
            "EA",
            "EU",
            "EZ",
            "GS",
            "HM",
            "IC",
            "IO",
            "PN",
            "QO",
            "TA",
            "TF",
            "UM",
            "UN",
            "XA",
            "XB",
            "ZZ",
        ),
        *("CD", "CG", "GG", "HK", "IM", "JE", "MO", "PS", "RE", "VG", "VI"),
    ]
)
"""No country; or what CLDR calls it is said by nobody ("Hong Kong SAR China"), or is another word (Réunion, Jersey): tables have these."""
_LEAST_STEM: Final = 4
_ASIDE: Final = re.compile(r"\s*[(（]([^)）]+)[)）]|[,،，].*")


def territories(locale: str) -> dict[str, str]:
    """The names by ISO 3166-1 alpha-2 code, as the locale's own file has them: `babel.Locale` fills gaps from other languages."""
    from babel.localedata import resolve_locale_filename

    data: dict[str, Any] = pickle.loads(Path(resolve_locale_filename(locale)).read_bytes())  # noqa: S301 (Babel's own data)
    return {code: name for code, name in data.get("territories", {}).items() if _is_country(code)}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in LEFT_OUT


def spellings(name: str) -> list[str]:
    """A CLDR name without what stands in brackets; Burma beside Myanmar is a name of its own."""
    return [_ASIDE.sub("", name).strip(), *(found for found in _ASIDE.findall(name) if found in _OLD_NAMES)]


_OLD_NAMES: Final = frozenset(
    ["Burma", "برمه", "بورما", "Бирма", "Бірма", "Birma", "Birmanie", "Birmânia", "Birmania", "Barma", "Βιρμανία", "Бурма", "พม่า", "बर्मा",
    "Miến Điện", "ビルマ"]
)  # fmt: skip


def pattern(name: str, cut: tuple[str, ...]) -> str:
    """A name with the endings of its words taken off, as far as a stem remains that is no other word: ``Саудовск+ Арави+``."""
    words = re.split(r"[\s–—-]+", name)
    least = _LEAST_STEM if len(words) == 1 else _LEAST_STEM - 1
    return " ".join(_stem(word, cut, least) for word in words if word.strip("'’ʼ.&"))


def _stem(word: str, cut: tuple[str, ...], least: int) -> str:
    for ending in cut:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending) + "+"
    return word + "*"
