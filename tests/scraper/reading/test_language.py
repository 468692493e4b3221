"""The language of a text, by its script, its letters and its words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.language import dominant_script, identify, with_script

from .pages import PROSE, article, read


@pytest.mark.parametrize("language", sorted(PROSE))
def test_two_sentences_tell_their_language(language: str) -> None:
    assert identify(PROSE[language]) == language


@pytest.mark.parametrize("language", sorted(PROSE))
@pytest.mark.parametrize("claim", ["en", "ru", "fa"])
def test_a_wrong_claim_does_not_win(language: str, claim: str) -> None:
    assert identify(PROSE[language], [claim]) == language


@pytest.mark.parametrize(
    ("text", "priors", "expected"),
    [
        ("Қабылов Асқар Серікұлы, Нұрланова Әлия Болатқызы", [], "kk"),
        ("Халықаралық ынтымақтастық", ["kk"], "kk"),
        ("اخبار دانشگاه", ["fa"], "fa"),
        ("گزارش نشست پژوهشگران", [], "fa"),
        ("كلية العلوم الإدارية والمالية", [], "ar"),
        ("Xalqaro aloqalar bo‘limi", ["uz"], "uz"),
    ],
)
def test_short_texts_lean_on_letters_and_claims(text: str, priors: list[str], expected: str) -> None:
    assert identify(text, priors) == expected


def test_names_of_kyrgyz_people_in_russian_prose_are_russian() -> None:
    names = "Депутаты парламента: Абдыкадыров Бакыт, Токтосунов Эмиль, Сатыбалдиев Нурлан, Жумабеков Талант. "
    assert identify(names * 6, ["ru"]) == "ru"


@pytest.mark.parametrize("text", ["", "2024", "— № 17 —", "abc", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("language", "script", "tag"),
    [
        ("uz", "Cyrl", "uz-Cyrl"),
        ("uz", "Latn", "uz"),
        ("kk", "Latn", "kk-Latn"),
        ("sr", "Latn", "sr-Latn"),
        ("fa", "Arab", "fa"),
    ],
)
def test_a_script_is_said_only_where_it_is_not_the_usual_one(language: str, script: str, tag: str) -> None:
    assert with_script(language, script) == tag


def test_a_few_latin_names_do_not_make_a_chinese_text_latin() -> None:
    assert (
        dominant_script(Counter("我校与 University of Samarkand 和 Medical Academy 签署了合作协议，双方将互派学生"))
        == "Hani"
    )


def test_lang_attribute_is_no_truth() -> None:
    page = article("ru", title="Делегация договорилась об обмене").replace("<html>", '<html lang="en">')
    assert read(page).language == "ru"


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    language = identify(text)
    assert language is None or language.split("-")[0].isalpha()
