"""Which letters a language's common text is made of: what tells a right decoding from a wrong one.

A legacy charset gives letters for nearly any byte, so "it decodes" proves nothing. What the letters are does: Russian
read as windows-1252 becomes accented Latin without a plain letter beside it, read as KOI8-R it becomes capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Legacy:
    """A legacy charset: Python's codec, the languages written in it, and the non-ASCII letters frequent in them.

    share: how much of the non-ASCII characters of ordinary prose those letters make.
    """

    codec: str
    languages: frozenset[str]
    common: frozenset[str]
    share: float


def _legacy(codec: str, languages: str, common: str, share: float = 0.9) -> Legacy:
    return Legacy(codec, frozenset(languages.split()), frozenset(common), share)


_RUSSIAN = "оеаинтсрвлкмдпуыіє"
_ARABIC = "ايلنمرتوهدبسعكقیة"
_GREEK = "αοιετσνρκπυηλμςίόάέή"
_WESTERN = "éèàâêîôûçëïüöäßñáíóúãõåæøœìòù"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüőűôăâîșțşţ"

SINGLE_BYTE: Final = (
    _legacy("cp1251", "ru uk be bg mk sr kk ky tg uz mn tt ba", _RUSSIAN, 0.75),
    _legacy("koi8-r", "ru uk", _RUSSIAN, 0.75),
    _legacy("iso8859-5", "ru uk be bg sr mk", _RUSSIAN, 0.75),
    _legacy("cp866", "ru", _RUSSIAN, 0.75),
    _legacy("cp1256", "ar fa ur ps ckb", _ARABIC, 0.75),
    _legacy("iso8859-6", "ar", _ARABIC, 0.75),
    _legacy("cp1254", "tr az", "ışğüçöıİŞâîğ"),
    _legacy("cp1253", "el", _GREEK, 0.75),
    _legacy("cp1255", "he yi", "יולהאמרתבשנ", 0.75),
    _legacy("cp1250", "pl cs sk hu sl hr bs ro sq", _CENTRAL),
    _legacy("iso8859-2", "pl cs sk hu sl hr bs ro", _CENTRAL),
    _legacy("cp1257", "lt lv et", "ąčęėįšųūžāēģīķļņõäöü"),
    _legacy("cp1258", "vi", "ăâđêôơưàáạảãèéìíòóùúý"),
    _legacy("cp874", "th", "านรกอเงมยลวดทสตะคปบ่้ัี", 0.75),
    _legacy("cp1252", "en de fr es pt it nl sv da no fi is id ms ca gl eu", _WESTERN),
)
"""Common letters are the most frequent ones, and lower case: a wrong decoding brings all letters alike, and capitals."""

_HAN = (
    "的一是不在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主"
    "发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
_HAN_TRADITIONAL = (
    "的一是不在了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主"
    "發年動同工也能下過子說產種面而方後多定行學法所民得經"
)
_KANA = "のにはをたがでてとしれさいるもなかっらりこすあくうよけおそまき、。ーンスルトイアリッ"
_HANGUL = "이다의는에을를가은로고하한지기사서대인도어시자리부정해수나과아일전상제보장원"

MULTI_BYTE: Final = (
    _legacy("gb18030", "zh", _HAN + "，。、", 0.3),
    _legacy("big5", "zh", _HAN_TRADITIONAL + "，。、", 0.3),
    _legacy("cp932", "ja", _KANA, 0.45),
    _legacy("euc_jp", "ja", _KANA, 0.45),
    _legacy("cp949", "ko", _HANGUL, 0.3),
)
