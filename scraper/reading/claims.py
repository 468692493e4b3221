"""What an address claims of its page's language: ``/ru/``, ``?lang=kk``, ``en.example.org``. Evidence, and no truth."""

from __future__ import annotations

from itertools import chain
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from scraper.reading.scripts import WRITTEN_IN

_KNOWN: Final = frozenset(chain.from_iterable(WRITTEN_IN.values()))
_CALLED: Final = {
    "kz": "kk", "kaz": "kk", "qaz": "kk", "kg": "ky", "kir": "ky", "kyr": "ky", "oz": "uz", "uzb": "uz", "uzk": "uz", "tj": "tg",
    "tgk": "tg", "taj": "tg", "ua": "uk", "ukr": "uk", "eng": "en", "rus": "ru", "aze": "az", "tur": "tr", "ara": "ar", "fas": "fa",
    "per": "fa", "cn": "zh", "chi": "zh", "zho": "zh", "jp": "ja", "jpn": "ja", "kor": "ko", "gr": "el", "fre": "fr", "fra": "fr",
    "ger": "de", "deu": "de", "spa": "es", "tkm": "tk", "tm": "tk", "nb": "no",
}  # fmt: skip
"""What sites call a language by: its code of three letters, its country."""
_PARAMETERS: Final = frozenset(["lang", "language", "locale", "lng", "hl", "l", "lg", "idioma", "langid"])
_SEGMENTS: Final = 2


def claims_of(url: str) -> tuple[str, ...]:
    """The primary language subtags that an address names in its parameters, its first path segments and its host's first label."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    named = [value for name, value in parse_qsl(parts.query, max_num_fields=None)[:20] if name.lower() in _PARAMETERS]
    path = parts.path.split("/")[1 : 1 + _SEGMENTS]
    label = (parts.hostname or "").split(".")[0]
    words = (word.lower().replace("_", "-").split("-")[0] for word in (*named, *path, label))
    called = (_CALLED.get(word, word) for word in words)
    return tuple(dict.fromkeys(word for word in called if word in _KNOWN))
