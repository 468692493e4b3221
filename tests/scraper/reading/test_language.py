"""The language of a text, by its script, its letters and its words."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.claims import claims_of
from scraper.reading.language import identify
from scraper.reading.scripts import WRITTEN_IN, dominant_script, with_script

from .pages import PROSE, article, read


@pytest.mark.parametrize("language", sorted(PROSE))
def test_two_sentences_tell_their_language(language: str) -> None:
    assert identify(PROSE[language]).value == language


@pytest.mark.parametrize("language", sorted(PROSE))
@pytest.mark.parametrize("claim", ["en", "ru", "fa"])
def test_a_wrong_claim_does_not_win(language: str, claim: str) -> None:
    assert identify(PROSE[language], [claim]).value == language


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
    assert identify(text, priors).value == expected


def test_names_of_kyrgyz_people_in_russian_prose_are_russian() -> None:
    names = "Депутаты парламента: Абдыкадыров Бакыт, Токтосунов Эмиль, Сатыбалдиев Нурлан, Жумабеков Талант. "
    assert identify(names * 6, ["ru"]).value == "ru"


@pytest.mark.parametrize("text", ["", "2024", "— № 17 —", "abc", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert identify(text).value is None


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
    language = identify(text).value
    assert language is None or language.split("-")[0].isalpha()


NEIGHBOURS = {
    "tt": "Университет делегациясе бу атнада хезмәттәш факультетка килде һәм "
    "укытучылар белән студентлар алмашу турында килеште.",
    "ba": "Университет делегацияһы был аҙнала хеҙмәттәш факультетҡа килде һәм "
    "уҡытыусылар менән студенттар алмашыу тураһында килеште.",
    "mn": "Их сургуулийн төлөөлөгчид энэ долоо хоногт хамтрагч сургуульд очиж, "
    "багш болон оюутан солилцох тухай тохиролцсон юм байна.",
    "tk": "Uniwersitetiň wekiliýeti bu hepde hyzmatdaş fakultete baryp gördi we "
    "mugallymlar bilen talyplary alyşmak barada ylalaşdy.",
    "kk-Latn": "Universitet delegatsiıasy osy aptada seriktes fakul'tetke baryp, oqytushylar "
    "men studentter almasu turaly kelisti jäne bul üşin alğys aitty.",
    "az-Cyrl": "Университетин нүмајәндә һејәти бу һәфтә тәрәфдаш факүлтәјә сәфәр "
    "етди вә мүәллим мүбадиләси һаггында разылыға ҝәлди.",
    "sr": "Делегација универзитета посетила је ове недеље партнерски "
    "факултет и договорила размену наставника и студената.",
    "sr-Latn": "Delegacija univerziteta posetila je ove nedelje partnerski fakultet i "
    "dogovorila razmenu nastavnika i studenata, pre svega posle razgovora.",
    "hr": "Izaslanstvo sveučilišta posjetilo je ovoga tjedna partnerski fakultet te je "
    "tijekom suradnje dogovorilo razmjenu nastavnika od siječnja.",
    "bs": "Delegacija univerziteta posjetila je ove sedmice partnerski fakultet i dogovorila "
    "saradnju i razmjenu nastavnika od januara, također i studenata.",
    "mk": "Делегација на универзитетот го посети овој партнерски факултет и се "
    "договори за размена на наставници и студенти од оваа година.",
    "bg": "Делегация на университета посети тази седмица партньорски факултет и "
    "се договори за обмен на преподаватели и студенти.",
    "be": "Дэлегацыя ўніверсітэта наведала на гэтым тыдні факультэт-партнёр і "
    "дамовілася пра абмен выкладчыкамі і студэнтамі.",
    "ps": "د پوهنتون یوه پلاوي په دې اونۍ کې له ملګري پوهنځي څخه لیدنه وکړه "
    "او د ښوونکو او زده کوونکو پر تبادلې یې هوکړه وکړه.",
    "ckb": "شاندێکی زانکۆ ئەم هەفتەیە سەردانی کۆلێژی هاوبەشی کرد و لەسەر "
    "ئاڵوگۆڕی مامۆستا و خوێندکار ڕێککەوتن بۆ هەردوو لا.",
    "ur": "جامعہ کے ایک وفد نے اس ہفتے شراکت دار شعبے کا دورہ کیا اور اساتذہ اور "
    "طلبہ کے تبادلے پر اتفاق کیا جو دونوں کے لیے اہم ہے۔",
    "ms": "Delegasi universiti melawat fakulti rakan minggu ini dan bersetuju bahawa "
    "pertukaran pensyarah boleh bermula kerana kedua-dua pihak telah bersedia.",
    "no": "En delegasjon fra universitetet besøkte denne uken fakultetet og ble enige "
    "om utveksling av lærere, noe som de to ikke hadde hatt før.",
    "nn": "Ein delegasjon frå høgskulen vitja fakultetet denne veka og vart samde "
    "om utveksling av lærarar, noko dei ikkje hadde hatt før.",
    "da": "En delegation fra universitetet besøgte i denne uge fakultetet og blev "
    "enige om udveksling af lærere, som de ikke havde haft før.",
    "hi": "विश्वविद्यालय के एक प्रतिनिधिमंडल ने इस सप्ताह सहयोगी संकाय का "
    "दौरा किया और शिक्षकों के आदान-प्रदान पर सहमति जताई।",
    "ne": "विश्वविद्यालयको एक प्रतिनिधिमण्डलले यस हप्ता साझेदार संकायको भ्रमण "
    "गरेको छ र शिक्षक आदानप्रदान गर्ने सहमति भएको छ।",
    "gu": "યુનિવર્સિટીના પ્રતિનિધિમંડળે આ અઠવાડિયે ભાગીદાર વિભાગની મુલાકાત લીધી.",
    "zh-Hant": "本週，我校代表團訪問了合作學院，雙方就教師和學生的交流達成了一致意見，並介紹了各自的研究計劃。",
}  # fmt: skip
"""A sentence in languages that have near neighbours, or several scripts."""


@pytest.mark.parametrize("tag", sorted(NEIGHBOURS))
def test_a_language_is_told_from_its_neighbours(tag: str) -> None:
    assert identify(NEIGHBOURS[tag]).value == tag


def test_a_language_that_is_not_known_has_no_name() -> None:
    swazi = "Titfunywa tasenyuvesi tivakashele lifakhalthi lelibambisene nato kuleliviki tavumelana. "
    assert identify(swazi * 9, ["en"]).value is None


@pytest.mark.parametrize("first", ["kk", "ru"])
def test_a_page_in_two_languages_is_in_that_of_more_text(first: str) -> None:
    second = {"kk": "ru", "ru": "kk"}[first]
    told = identify("\n".join((PROSE[first], *PROSE[first].split(". "), PROSE[second])))
    assert told.value == first
    assert f"% is {second}" in told.why.split(";")[1]


def test_the_evidence_names_words_letters_and_claims() -> None:
    told = identify(PROSE["uz-Cyrl"], ["ru"])
    assert told.why == "script Cyrl, words шу ва ҳамда, letters ў қ ҳ; claimed: ru"


@pytest.mark.parametrize(
    ("url", "claimed"),
    [
        ("https://example.org/ru/news/1", ("ru",)),
        ("https://example.org/news?lang=kz", ("kk",)),
        ("https://en.example.org/oz/1", ("uz", "en")),
        ("https://example.org/zh-CN/1", ("zh",)),
        ("https://example.org/news/2024/ru", ()),
        ("http://[broken", ()),
    ],
)
def test_what_an_address_claims(url: str, claimed: tuple[str, ...]) -> None:
    assert claims_of(url) == claimed


@pytest.mark.parametrize("table", ["words", "letters"])
def test_every_language_of_a_table_is_one_of_its_script(table: str) -> None:
    rows = tomllib.loads(files("scraper.reading").joinpath(f"{table}.toml").read_text("utf-8"))
    for script, languages in rows.items():
        assert set(languages) <= set(WRITTEN_IN[script])
    if table == "words":
        assert all(set(rows[script]) == set(of) for script, of in WRITTEN_IN.items() if len(of) > 1)


def test_a_life_in_dates_and_names_has_the_language_that_is_claimed_and_spelt() -> None:
    life = "1971-жылы Ысык-Көл облусунда төрөлгөн. 1978-1988-жылдары орто мектепте окуган. 1993-жылы университетти бүтүргөн. "
    assert identify(life * 3, ["ky", "ru"]).value == "ky"
