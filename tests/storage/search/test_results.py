from __future__ import annotations

from datetime import date

from storage.database import Database
from storage.search.index import SearchIndex
from storage.search.query import SearchQuery
from storage.search.results import FoundArticle, load_hits
from storage.search.snippets import Snippet
from tests.storage.search.archive import Archive, News


def rows(index: SearchIndex, database: Database, query: SearchQuery) -> list[FoundArticle]:
    index.catch_up()
    with database.read() as session:
        return load_hits(session, index.search(query), query)


def test_a_row_is_ready_to_show(archive: Archive, index: SearchIndex, database: Database) -> None:
    news = News(
        "رئیس دانشگاه سفر کرد.",
        title="سفر رئیس",
        language="fa",
        published_on=date(2024, 3, 20),
        sources=("ir-tbz", "uz-sammu"),
    )
    [article] = archive.save(news)
    [row] = rows(index, database, SearchQuery("رييس"))
    assert row.score is not None
    assert row == FoundArticle(
        article_id=article,
        title="سفر رئیس",
        title_ranges=((4, 8),),
        snippet=Snippet("رئیس دانشگاه سفر کرد.", ((0, 4),)),
        language="fa",
        published_on=date(2024, 3, 20),
        published_calendar="persian",
        source="ir-tbz",
        institution="دانشگاه ir-tbz",
        url="https://ir-tbz.example/news/1",
        kind="article",
        copies=1,
        score=row.score,
    )


def test_rows_stand_in_the_order_of_the_hits(archive: Archive, index: SearchIndex, database: Database) -> None:
    archive.save(News("olma", published_on=date(2020, 1, 1)), News("olma", published_on=date(2022, 1, 1)), News("olma"))
    shown = rows(index, database, SearchQuery("olma", order="date"))
    assert [row.published_on for row in shown] == [date(2022, 1, 1), date(2020, 1, 1), None]
    assert [row.institution for row in shown] == ["University uz-sammu"] * 3
    assert {row.score for row in shown} == {None}


def test_an_article_that_the_database_has_no_more_is_left_out(
    archive: Archive, index: SearchIndex, database: Database
) -> None:
    archive.save(News("olma"), News("nok"))
    query = SearchQuery()
    index.catch_up()
    results = index.search(query)
    archive.forget_everything()
    with database.read() as session:
        assert load_hits(session, results, query) == []
