"""What a declared charset means: the label to Python's codec, as browsers understand it (WHATWG Encoding Standard).

Only charsets of the web are known here. Python knows others that no page is written in, and some that are traps: ``undefined`` raises,
``punycode`` takes the square of the length, ``unicode_escape`` makes text of what is none.
"""

from __future__ import annotations

import codecs
from typing import Final

_MEANT: Final = {
    "latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "johab": "cp949", "shift_jis": "cp932",
    "shift_jis-2004": "cp932", "shift_jisx0213": "cp932", "big5": "big5hkscs", "cp950": "big5hkscs", "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le", "cp1131": "cp866", "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp",
}  # fmt: skip
"""Python's name of a declared charset to the one that browsers use for it."""

_UNKNOWN_TO_PYTHON: Final = {
    "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb2312-80": "gb18030",
    "x-euc-jp": "euc_jp", "ks_c_5601-1989": "cp949", "windows-949": "cp949", "x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "dos-874": "cp874", "windows-874": "cp874", "win-1251": "cp1251", "win1251": "cp1251", "windows1251": "cp1251",
    "x-cp1251": "cp1251", "cp-1251": "cp1251", "windows-1251.": "cp1251", "x-cp1250": "cp1250", "x-cp1252": "cp1252",
    "windows1252": "cp1252", "windows-1252.": "cp1252", "windows1256": "cp1256", "cp-1256": "cp1256", "windows1254": "cp1254",
    "x-cp1254": "cp1254", "x-mac-cyrillic": "mac-cyrillic", "koi8": "koi8-r", "koi": "koi8-r", "koi8-ru": "koi8-u", "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "utf-8.": "utf-8", "utf": "utf-8",
}  # fmt: skip

_NAMES: Final = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "cp866": "IBM866", "cp874": "windows-874", "cp932": "Shift_JIS",
    "cp949": "EUC-KR", "euc_jp": "EUC-JP", "gb18030": "GB18030", "big5hkscs": "Big5", "iso2022_jp": "ISO-2022-JP", "hz": "HZ",
    "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
    **{f"iso8859-{part}": f"ISO-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip
"""Every codec that a page may be read with, and what people call it."""
_LONGEST: Final = 40


def codec_of(label: str) -> str | None:
    """Python's codec for a declared charset, None where the web knows no such charset."""
    label = label.strip().lower()
    if len(label) > _LONGEST:
        return None
    if (known := _UNKNOWN_TO_PYTHON.get(label)) is not None:
        return known
    try:
        canonical = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    codec = _MEANT.get(canonical, canonical)
    return codec if codec in _NAMES else None


def name_of(codec: str) -> str:
    """What people call the charset that one of our codecs reads."""
    return _NAMES[codec]
