"""The letters that search takes for one another. Data only; `storage.search.folding` applies it."""

from __future__ import annotations

APOSTROPHES = "'`´ʹʻʼʽʾʿˈˊˋ‘’‛′＇ꞌ"
"""Every sign that stands for the apostrophe of o‘ and g‘, the tutuq belgisi, an elision or a possessive."""

JOINERS = "\u200c\u200b\u00ac"
"""Between the parts of one word: the zero-width non-joiner, and what old pages and keyboards put in its place."""

IGNORED = "\u00ad\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Inside a word they say nothing: soft hyphen, zero-width joiner, marks of direction."""

UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ecd\u0edc-\u0eff\u1000-\u103f\u1050-\u108f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uffdc"
)
"""As ranges: scripts searched by pairs of letters, for they set no spaces, or (Korean) let particles grow on to words."""

UNSPACED_BEYOND = "\U00020000-\U000323af"
"""The same beyond Unicode's first plane: rare Chinese characters."""

MARKS_LEFT_OUT = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),  # Church Slavonic
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),  # Arabic: honorifics, vowels, hamza and madda above, Koranic signs
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
)
"""Marks that writers leave out. Those of Thai, Devanagari or kana are letters and stay."""

TAKEN_FOR = {
    # Arabic script: Persian, Arabic, Urdu, Kurdish and Uyghur letters, and the forms of hamza.
    "یىيېۍێئے": "ی",
    "کكڪ": "ک",
    "هەہھۀةۃ": "ه",
    "وؤۇۆۈۋ": "و",
    "اأإآٱٲٳ": "ا",
    "ءٴـ": "",
    # Cyrillic: what a Russian keyboard gives for the letters of Kazakh, Kyrgyz, Tajik, Uzbek, Tatar, Bashkir, Ukrainian.
    "й": "й",  # no mark on и: a letter of its own
    "қҡҟҝԛ": "к",
    "ғӷґҕ": "г",
    "ҳһӽ": "х",
    "ҷӌҹ": "ч",
    "әӑӓ": "а",
    "өӧ": "о",
    "үұӯў": "у",
    "ңҥӊ": "н",
    "іїӣ": "и",
    "ёє": "е",
    "җӂ": "ж",
    "ҙӡ": "з",
    "ҫ": "с",
    "ј": "й",
    # Latin: letters that no mark makes of another.
    "ı": "i",
    "ə": "e",
    "ø": "o",
    "đð": "d",
    "ł": "l",
    "ħ": "h",
    "ŋ": "n",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
"""Each letter of a key is searched as the value. Latin, Greek, Cyrillic, Hebrew letters with a mark lose it besides."""

LOOK_ALIKES = {ord(latin): cyrillic for latin, cyrillic in zip("aeopcyxikmthb", "аеорсухікмтнв", strict=True)}
"""By code point: Latin letters that stand in Cyrillic words, typed by mistake or for want of the right key (Kazakh і)."""

ELISIONS = frozenset(
    {
        "l",
        "d",
        "j",
        "m",
        "t",
        "n",
        "s",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quelqu",
        "un",
        "dell",
        "nell",
        "sull",
        "dall",
        "all",
        "coll",
        "quest",
        "sant",
    }
)
"""French, Italian and Catalan words that an apostrophe ties to the next one."""

ENDED_BY_APOSTROPHE = frozenset({"az", "crh", "tr"})
"""Languages that set an apostrophe between a name and its ending: Isparta’da."""

UZBEK = {
    **dict(zip("абвгдежзийклмнопрстуфхыэўқғҳ", "abvgdejziyklmnoprstufxieoqgh", strict=True)),
    **dict(zip("ёцчшщъьюя", ("yo", "ts", "ch", "sh", "sh", "", "", "yu", "ya"), strict=True)),
}
"""Uzbek Cyrillic in the Latin letters of the law of 1995, without the apostrophes, which folding drops."""

UZBEK_VOWELS = frozenset("аеёиоуэюяўыъь")
"""After these, and at the start of a word, е is ye; between vowels ц is ts, elsewhere s."""

PERSIAN_PREFIXES = frozenset({"می", "نمی"})
PERSIAN_SUFFIXES = frozenset({"ها", "های", "هایی", "هایش", "هایم", "تر", "ترین", "ام", "ای", "اند"})
"""Written joined, with a zero-width non-joiner, or apart; as folded."""

PERSIAN_AFFIXES = PERSIAN_PREFIXES | PERSIAN_SUFFIXES

AFFIXES = ELISIONS | PERSIAN_AFFIXES
"""Parts of a written word that are not what it is about."""
