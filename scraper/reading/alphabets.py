"""Which letters a language's common text is made of: what tells a right decoding from a wrong one.

A legacy charset gives letters for nearly any byte, so "it decodes" proves nothing. What the letters are does: Russian
read as windows-1252 becomes accented Latin without a plain letter beside it, read as KOI8-R it becomes capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Legacy:
    """A legacy charset as some languages use it: Python's codec, those languages, and the non-ASCII letters frequent in them.

    share: how much of the non-ASCII characters of ordinary prose those letters make. rare: the votes that it lacks against charsets
    which more pages are written in.
    """

    codec: str
    languages: frozenset[str]
    common: frozenset[str]
    share: float
    rare: float


def _legacy(codec: str, languages: str, common: str, share: float = 0.9, rare: float = 0.02) -> Legacy:
    return Legacy(codec, frozenset(languages.split()), frozenset(common), share, rare)


_RUSSIAN = "оеаинтсрвлкмдпуыіє"
_ARABIC = "ايلنمرتوهدبسعكقیة"
_GREEK = "αοιετσνρκπυηλμςίόάέή"
_WESTERN = "éèàâêîôûçëïüöäßñáíóúãõåæøœìòù"
_POLISH = "ąćęłńóśźż"
_CZECH = "áčďéěíňóřšťúůýž"
_SLOVAK = "áäčďéíľĺňóôŕšťúýž"
_HUNGARIAN = "áéíóöőúüű"
_ROMANIAN = "ăâîșțşţ"
_SOUTH_SLAVIC = "čćđšž"

SINGLE_BYTE: Final = (
    _legacy("cp1251", "ru uk be bg mk sr kk ky tg uz mn tt ba", _RUSSIAN, 0.75),
    _legacy("koi8-r", "ru bg", _RUSSIAN, 0.75),
    _legacy("koi8-u", "uk be", _RUSSIAN, 0.75, 0.03),
    _legacy("iso8859-5", "ru uk be bg sr mk", _RUSSIAN, 0.75, 0.03),
    _legacy("cp866", "ru be", _RUSSIAN, 0.75, 0.1),
    _legacy("cp1256", "ar fa ur ps ckb", _ARABIC, 0.75),
    _legacy("iso8859-6", "ar", _ARABIC, 0.75, 0.03),
    _legacy("cp1254", "tr az", "ışğüçöıİŞâîğ"),
    _legacy("cp1253", "el", _GREEK, 0.75),
    _legacy("iso8859-7", "el", _GREEK, 0.75),
    _legacy("cp1255", "he yi", "יולהאמרתבשנ", 0.75),
    _legacy("cp1250", "pl", _POLISH),
    _legacy("cp1250", "cs", _CZECH),
    _legacy("cp1250", "sk", _SLOVAK),
    _legacy("cp1250", "hu", _HUNGARIAN),
    _legacy("cp1250", "ro", _ROMANIAN),
    _legacy("cp1250", "sl hr bs sr", _SOUTH_SLAVIC),
    _legacy("iso8859-2", "pl", _POLISH, rare=0.03),
    _legacy("iso8859-2", "cs", _CZECH, rare=0.03),
    _legacy("iso8859-2", "sk", _SLOVAK, rare=0.03),
    _legacy("iso8859-2", "hu", _HUNGARIAN, rare=0.03),
    _legacy("iso8859-2", "ro", _ROMANIAN, rare=0.03),
    _legacy("iso8859-2", "sl hr bs sr", _SOUTH_SLAVIC, rare=0.03),
    _legacy("cp1257", "lt lv et", "ąčęėįšųūžāēģīķļņõäöü"),
    _legacy("iso8859-13", "lt lv et", "ąčęėįšųūžāēģīķļņõäöü", rare=0.1),
    _legacy("cp1258", "vi", "ăâđêôơưàáạảãèéìíòóùúý", rare=0.1),
    _legacy("cp874", "th", "านรกอเงมยลวดทสตะคปบ่้ัี", 0.75, 0.1),
    _legacy("cp1252", "en de fr es pt it nl sv da no nb nn fi id ms ca gl eu sq sw", _WESTERN, rare=0.0),
    _legacy("cp1252", "is fo", "áéíóúýæöðþ", rare=0.1),
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
    _legacy("big5hkscs", "zh", _HAN_TRADITIONAL + "，。、", 0.3),
    _legacy("cp932", "ja", _KANA, 0.45),
    _legacy("euc_jp", "ja", _KANA, 0.45),
    _legacy("cp949", "ko", _HANGUL, 0.3),
)

MULTI_BYTE_CODECS: Final = frozenset(each.codec for each in MULTI_BYTE)
