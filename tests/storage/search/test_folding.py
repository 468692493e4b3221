from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.folding import fold, indexed_text, lined_up, tokenize

SCRIPTS = "aéßıİəøЁйқўҒіھةئكیآ۱٣कि中國ガｶﾞ한ไทย𠮷𝐀😀½ﬁŉﷺ'ʻ’\u200c\u200b\u00ad\u0301\u064b\u0640 -.\n"
TEXTS = st.text(st.sampled_from(SCRIPTS) | st.characters(exclude_categories=["Cs"]), max_size=60)
LANGUAGES = st.sampled_from(["ar", "de", "en", "fa", "ru", "tr", "und", "uz", "zh"])


def all_terms(text: str, language: str | None = None) -> set[str]:
    return {term for token in tokenize(text, language) for term in token.terms}


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("دانشگاهي كشور", "دانشگاهی کشور"),
        ("مسئول رأی مؤسسه", "مسیول رای موسسه"),
        ("الجامعــةُ", "الجامعه"),
        ("۱۴۰۳ ١٤٠٣ १४०३", "1403 1403 1403"),
        ("Oʻzbekiston Oʼzbekiston O‘zbekiston O’zbekiston O'zbekiston O`zbekiston", " ".join(["ozbekiston"] * 6)),
        ("maʼlumot ma’lumot", "malumot malumot"),
        ("Қазақстан Ғылым Әлем Өңір Үкімет", "казакстан гылым алем онир укимет"),
        ("Ҷумҳурии Тоҷикистон", "чумхурии точикистон"),
        ("Көлү Кыргыз", "колу кыргыз"),
        ("İSTANBUL Isparta ılık", "istanbul isparta ilik"),
        ("Azərbaycan Gəncə", "azerbaycan gence"),
        ("Ёлка йод", "елка йод"),
        ("Universität Straße crème señor São", "universitat strasse creme senor sao"),
        ("l’université d'Alger", "l universite d alger"),
        ("the university's rector", "the university rector"),
        ("kоmitet", "комитет"),
        ("ﬁnance Ｆｕｌｌ", "finance full"),
        ("同ＡＢＣ大学", "同 abc 大学"),
        ("हिन्दी", "हिन्दी"),
        ("ﷺ", "صلی الله علیه وسلم"),
        ("—  & 😀", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("دانشگاه‌ها", "دانشگاه ها", "fa"),
        ("دانشگاهها", "دانشگاه‌ها", "fa"),
        ("دانشگاهها", "دانشگاه ها", "fa"),
        ("دانشگاه", "دانشگاه‌های", "fa"),
        ("دانشگاه", "دانشگاههای", "fa"),
        ("میشود", "می‌شود", "fa"),
        ("میشود", "می شود", "fa"),
        ("می¬شود", "می‌شود", "fa"),
        ("المللی", "بین‌المللی", "fa"),
        ("جامعة", "الجامعات", "ar"),
        ("Toshkent", "Тошкент", "uz"),
        ("Тошкент", "Toshkent", "uz"),
        ("o'quv", "ўқув", "uz"),
        ("ЎЗБЕКИСТОН", "Oʻzbekiston", "uz"),
        ("узбекистон", "Ўзбекистон", "uz"),
        ("yevropa", "Европа", "uz"),
        ("konsert", "концерт", "uz"),
        ("universities", "university", "en"),
        ("делегациями", "делегация", "ru"),
        ("Universitäten", "Universität", "de"),
        ("学", "大学", "zh"),
        ("université", "l'université", "fr"),
    ],
)
def test_one_form_finds_another(asked: str, written: str, language: str) -> None:
    kept = all_terms(written, language)
    asked_for = {token.terms for token in tokenize(asked)}
    assert all(set(terms) & kept for terms in asked_for)


@pytest.mark.parametrize(
    ("asked", "written", "language"), [("news", "new", "en"), ("universe", "دانش", "fa"), ("دانش", "دانشگاه", "fa")]
)
def test_different_words_stay_apart(asked: str, written: str, language: str) -> None:
    assert not all_terms(asked) & all_terms(written, language)


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_the_slice_of_a_token_folds_to_its_terms(text: str) -> None:
    for start, end, terms in tokenize(text):
        assert fold(text[start:end]).replace(" ", "") in terms


@given(TEXTS, LANGUAGES)
def test_the_index_holds_the_terms_of_every_token(text: str, language: str) -> None:
    words, others = indexed_text(text, language)
    assert all_terms(text, language) <= {*words.split(), *others.split()}
    assert [token.terms[0] for token in lined_up(text, language)] == words.split()


@given(TEXTS, LANGUAGES)
def test_a_query_asks_for_what_a_text_in_any_language_keeps(text: str, language: str) -> None:
    asked = all_terms(text)
    for token in tokenize(text, language):
        assert set(token.terms) & asked


def test_a_page_of_one_word_is_cut() -> None:
    assert fold("a" * 10_000_000) == "a" * 100


def test_a_page_without_spaces_is_kept_whole() -> None:
    assert fold("大学" * 5000) == "大学" * 5000
