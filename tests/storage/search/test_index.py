from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import IndexBusy
from storage.search.folding import fold
from storage.search.index import SearchIndex
from storage.search.query import SearchQuery
from storage.search.words import written_words
from tests.storage.search.archive import Archive, News

TEXTS = {
    "en": "A delegation of the Samarkand medical university visited two universities in Astana.",
    "fa": "هیأت دانشگاه علوم پزشکی برای گسترش همکاری‌های بین‌المللی به تاجیکستان می‌رود.",
    "ar": "وقّعت الجامعة اتفاقية تعاون مع وزارة الصحة في عام ٢٠٢٥.",
    "ru": "Ректор провёл переговоры с зарубежными университетами Казани.",
    "uz": "Oʻzbekiston va Gʻarb oʻrtasida taʼlim sohasida kelishuv imzolandi.",
    "uz-Cyrl": "Тошкентда халқаро ҳамкорлик бўйича ўқув юрти очилди.",
    "kk": "Қазақстан Денсаулық министрлігі халықаралық келісімге қол қойды.",
    "ky": "Кыргыз өкмөтү чет өлкөлүк студенттерге жардам көрсөттү.",
    "tg": "Донишгоҳи тиббии Тоҷикистон бо ҷонибҳои хориҷӣ шартнома баст.",
    "tr": "Üniversitemiz Isparta’da uluslararası iş birliği kongresi düzenledi.",
    "az": "Azərbaycan Tibb Universiteti Gəncədə əməkdaşlıq sazişi imzaladı.",
    "de": "Die Universitäten schließen ein Abkommen über den Straßenverkehr.",
    "fr": "L’université d’Alger a reçu des étudiants étrangers à l’été.",
    "zh-Hans": "大学与外国高校签署了国际合作协议。",
    "ja": "東京のガスタービン研究者が留学生を迎えた。",
    "ko": "한국대학교는 국제협력을 강화한다.",
    "th": "มหาวิทยาลัยลงนามความร่วมมือระหว่างประเทศ",
    "hi": "विश्वविद्यालय ने अंतरराष्ट्रीय समझौता किया।",
}


def found(index: SearchIndex, words: str = "", **filters: object) -> list[int]:
    results = index.search(SearchQuery(words, **filters))  # type: ignore[arg-type]
    assert results.total == len(results.hits)
    return [hit.article_id for hit in results.hits]


def saved_in_every_language(archive: Archive) -> dict[str, int]:
    return dict(zip(TEXTS, archive.save(*(News(text, language=tag) for tag, text in TEXTS.items())), strict=True))


def test_every_word_of_every_text_finds_it(archive: Archive, index: SearchIndex) -> None:
    articles = saved_in_every_language(archive)
    assert index.catch_up() == len(TEXTS)
    for tag, text in TEXTS.items():
        for word in written_words(text):
            assert articles[tag] in found(index, word), (tag, word)
            assert articles[tag] in found(index, f'"{word}"'), (tag, word)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("university visiting", "en"),
        ('"medical university"', "en"),
        ("همکاری های بين المللي", "fa"),
        ('"همکاری های بین المللی"', "fa"),
        ("همكاريهاي", "fa"),
        ("میرود", "fa"),
        ("می رود", "fa"),
        ("تاجیک*", "fa"),
        ("جامعه ۲۰۲۵", "ar"),
        ("провел переговорами университет", "ru"),
        ("o'zbekiston g`arb talim", "uz"),
        ("ЎЗБЕКИСТОН таълим", "uz"),
        ("Toshkentda xalqaro o‘quv", "uz-Cyrl"),
        ("тошкентда укув", "uz-Cyrl"),
        ('"xalqaro hamkorlik"', "uz-Cyrl"),
        ('"халқаро ҳамкорлик"', "uz-Cyrl"),
        ("xalq*", "uz-Cyrl"),
        ("казакстан министрлиги", "kk"),
        ("окмоту олколук", "ky"),
        ("донишгохи чонибхои хоричи", "tg"),
        ("universitemiz ısparta ULUSLARARASI", "tr"),
        ("azerbaycan gencede", "az"),
        ("universität strassenverkehr", "de"),
        ("universite étudiant", "fr"),
        ("国际合作", "zh-Hans"),
        ("签", "zh-Hans"),
        ("ｶﾞｽﾀｰﾋﾞﾝ", "ja"),
        ("협력", "ko"),
        ("ความร่วมมือ", "th"),
    ],
)
def test_what_people_type_finds_what_is_meant_alone(
    archive: Archive, index: SearchIndex, words: str, language: str
) -> None:
    articles = saved_in_every_language(archive)
    index.catch_up()
    assert found(index, words) == [articles[language]]


def test_words_are_all_wanted_and_operators_work(archive: Archive, index: SearchIndex) -> None:
    visit, tour, both = archive.save(News("a visit in May"), News("a tour in May"), News("a visit and a tour in June"))
    index.catch_up()
    assert found(index, "visit tour") == [both]
    assert set(found(index, "visit OR tour")) == {visit, tour, both}
    assert found(index, "visit -tour") == [visit]
    assert found(index, "may (visit OR tour) NOT tour") == [visit]
    assert found(index, '"tour in may"') == [tour]
    assert found(index, '"may in tour"') == []
    assert set(found(index, "vis*")) == {visit, both}
    assert found(index, "visit -(tour june)") == [visit]


def test_the_title_counts_more(archive: Archive, index: SearchIndex) -> None:
    in_text, in_title = archive.save(
        News("An agreement was signed, an agreement at last.", title="Rector travels"),
        News("The rector travelled and signed at last, they say.", title="Agreement"),
    )
    index.catch_up()
    assert found(index, "agreement") == [in_title, in_text]


def test_filters(archive: Archive, index: SearchIndex) -> None:
    latin, cyrillic, german = archive.save(
        News("olma", language="uz", published_on=date(2024, 1, 31), sources=("uz-sammu", "de-charite")),
        News("олма", language="uz-Cyrl", published_on=date(2024, 2, 1), kind="page"),
        News("olma", language=None, sources=("de-charite",)),
    )
    index.catch_up()
    assert set(found(index, language="uz")) == {latin, cyrillic}
    assert found(index, "olma", language="UZ-Cyrl") == [cyrillic]
    assert set(found(index, source="de-charite")) == {latin, german}
    assert set(found(index, country="uz")) == {latin, cyrillic}
    assert found(index, kind="page") == [cyrillic]
    assert found(index, since=date(2024, 2, 1)) == [cyrillic]
    assert found(index, until=date(2024, 1, 31)) == [latin]
    assert found(index, since=date(2024, 1, 31), until=date(2024, 1, 31)) == [latin]
    assert found(index, source="nowhere") == []


def test_newest_first_and_pages_of_results(archive: Archive, index: SearchIndex) -> None:
    old, undated, new, twin = archive.save(
        News("olma", published_on=date(2020, 5, 1)),
        News("olma"),
        News("olma", published_on=date(2025, 5, 1)),
        News("olma", published_on=date(2025, 5, 1)),
    )
    index.catch_up()
    assert found(index) == [twin, new, old, undated]
    assert found(index, "olma", order="date") == [twin, new, old, undated]
    second = index.search(SearchQuery("olma", order="date", limit=2, offset=2))
    assert (second.total, [hit.article_id for hit in second.hits]) == (4, [old, undated])
    assert index.search(SearchQuery("olma", limit=0)).total == 4
    assert index.search(SearchQuery("olma", limit=0)).hits == ()
    assert index.search(SearchQuery("olma", offset=9)).hits == ()


def test_a_changed_article_is_found_by_its_new_text_alone(archive: Archive, index: SearchIndex) -> None:
    [article, other] = archive.save(News("first words"), News("other words"))
    assert index.catch_up() == 2
    archive.revise(article, "second thoughts")
    assert index.catch_up() == 1
    assert found(index, "first") == []
    assert found(index, "second") == [article]
    assert set(found(index)) == {article, other}
    assert index.catch_up() == 0


def test_articles_that_changed_together_are_not_parted(archive: Archive, index: SearchIndex) -> None:
    archive.save(*(News(f"word{number}") for number in range(5)), change=7)
    archive.save(News("later"), News("last"))
    assert index.catch_up(limit=2) == 5
    assert index.catch_up(limit=1) == 1
    assert index.catch_up() == 1
    assert len(found(index)) == 7


def test_an_index_that_is_missing_is_built_by_the_first_search(archive: Archive, index: SearchIndex) -> None:
    [article] = archive.save(News("olma"))
    assert found(index, "olma") == [article]


def test_an_open_index_sees_what_another_one_wrote(archive: Archive, index: SearchIndex, database: Database) -> None:
    index.catch_up()
    assert found(index) == []
    archive.save(News("olma"))
    with SearchIndex(index.folder, database) as other:
        other.catch_up()
    assert len(found(index, "olma")) == 1


@pytest.mark.parametrize("harm", ["meta", "segment", "version"])
def test_an_index_that_cannot_be_opened_is_built_anew(
    archive: Archive, index: SearchIndex, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    archive.save(News("olma"), News("nok"))
    index.catch_up()
    index.close()
    [folder] = index.folder.glob("v*")
    if harm == "meta":
        (folder / "meta.json").write_text('{"segments": [')
    elif harm == "segment":
        next(folder.glob("*.term")).write_bytes(b"\0" * 9)
    else:
        folder.rename(index.folder / "v0")
    with caplog.at_level(logging.WARNING):
        assert index.catch_up() == 2
    assert "building the index anew" in caplog.text
    assert len(found(index)) == 2
    assert [path.name for path in index.folder.glob("v*")] == [folder.name]


def test_an_index_of_another_database_is_built_anew(
    archive: Archive, index: SearchIndex, caplog: pytest.LogCaptureFixture
) -> None:
    archive.save(News("olma"), News("nok"), News("uzum"))
    index.catch_up()
    archive.forget_everything()
    archive.save(News("behi"))
    with caplog.at_level(logging.WARNING):
        assert index.catch_up() == 1
    assert "building it anew" in caplog.text
    assert len(found(index)) == 1


def test_rebuild_forgets_what_the_database_has_not(archive: Archive, index: SearchIndex) -> None:
    archive.save(News("olma"), News("nok"))
    index.catch_up()
    archive.forget_everything()
    archive.save(News("behi"), change=99)
    assert index.rebuild() == 1
    assert len(found(index)) == 1


def child(code: str, folder: Path, database: Database) -> subprocess.Popen[str]:
    """Another process, with `index` open as the code begins."""
    begin = f"""
        from pathlib import Path
        from storage.database import Database
        from storage.search.index import SearchIndex
        database = Database({database.url.render_as_string(hide_password=False)!r})
        index = SearchIndex(Path({str(folder)!r}), database, commit_every=40)
    """
    source = textwrap.dedent(begin) + textwrap.dedent(code)
    root = Path(__file__).parents[3]
    return subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True, cwd=root)


@contextmanager
def killed_after_its_word(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    try:
        yield process.stdout.readline()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_another_process_that_writes_makes_the_index_busy(
    archive: Archive, index: SearchIndex, database: Database
) -> None:
    [article] = archive.save(News("olma"))
    index.catch_up()
    writes = """
        import time
        with index._writing():
            print("writing", flush=True)
            time.sleep(60)
    """
    with killed_after_its_word(child(writes, index.folder, database)) as word:
        assert word == "writing\n"
        with pytest.raises(IndexBusy, match="another process is writing"):
            index.catch_up()
        with pytest.raises(IndexBusy):
            index.rebuild()
        assert found(index, "olma") == [article]
    assert index.catch_up() == 0


def test_a_broken_index_is_not_taken_from_under_its_writer(
    archive: Archive, index: SearchIndex, database: Database
) -> None:
    archive.save(News("olma"))
    index.catch_up()
    [folder] = index.folder.glob("v*")
    writes = """
        import time
        with index._writing():
            print("writing", flush=True)
            time.sleep(60)
    """
    with killed_after_its_word(child(writes, index.folder, database)):
        (folder / "meta.json").write_text("")
        with pytest.raises(IndexBusy):
            index.catch_up()
        assert (folder / "meta.json").exists()
    assert index.catch_up() == 1


@pytest.mark.parametrize("moment", [0, 1, 3])
def test_killed_in_the_middle_it_ends_as_a_rebuild_would(
    archive: Archive, index: SearchIndex, database: Database, tmp_path: Path, moment: int
) -> None:
    articles = archive.save(*(News(f"olma soni {number}", published_on=date(2024, 1, 1)) for number in range(300)))
    index.catch_up(limit=120)
    for article in articles[::7]:
        archive.revise(article, f"nok soni {article}")
    dies = f"""
        import os, signal
        import storage.search.index as module
        module.BATCH = 20
        commits = 0
        make = module.make_document
        def counting(entry):
            global commits
            commits += 1
            if commits == {moment} * 40 + 30:
                print("dies", flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
            return make(entry)
        module.make_document = counting
        index.catch_up()
    """
    with killed_after_its_word(child(dies, index.folder, database)) as word:
        assert word == "dies\n"
    assert index.catch_up() == len(articles) - 120 + len(articles[:120:7]) - moment * 40
    with SearchIndex(tmp_path / "other", database) as other:
        other.rebuild()
        for words in ("", "olma", "nok", "soni", "17"):
            query = SearchQuery(words, limit=1000, order="date")
            assert index.search(query) == other.search(query)
        assert index.search(SearchQuery("olma")).total == len(articles) - len(articles[::7])


def test_killed_while_rebuilding_it_still_finds_what_it_had(
    archive: Archive, index: SearchIndex, database: Database
) -> None:
    archive.save(*(News(f"olma {number}") for number in range(100)))
    index.catch_up()
    dies = """
        import os, signal
        import storage.search.index as module
        make, left = module.make_document, list(range(60))
        def counting(entry):
            if not left:
                print("dies", flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
            left.pop()
            return make(entry)
        module.make_document = counting
        index.rebuild()
    """
    with killed_after_its_word(child(dies, index.folder, database)) as word:
        assert word == "dies\n"
    assert index.search(SearchQuery("olma")).total == 100
    assert index.rebuild() == 100
    assert index.search(SearchQuery("olma")).total == 100


WORDS = st.text(
    st.sampled_from("aoʻ'gx яўқё می\u200cشود ها ي 大学国 كی é12 -.") | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=WORDS, language=st.sampled_from(["fa", "uz", "ru", "en", "zh", None]))
def test_every_word_of_any_text_finds_it(archive: Archive, index: SearchIndex, text: str, language: str | None) -> None:
    [article] = archive.save(News(text, language=language))
    index.catch_up()
    for word in filter(fold, written_words(text)):
        if word not in {"OR", "AND", "NOT"}:
            results = index.search(SearchQuery(word, limit=1000))
            assert article in {hit.article_id for hit in results.hits}
