"""What was found, as rows that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Article
from storage.search.index import SearchResults
from storage.search.query import SearchQuery
from storage.search.snippets import Ranges, Snippet, find_ranges, snippet
from storage.search.tree import Node
from storage.sources import institution_name


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that was found.

    title_ranges: where the query's words stand in the title. source, institution, url: of its own page, the first that carried it.
    institution: the name in the article's language, else in English, else the first. copies: further pages that carry it.
    score: as in `storage.search.index.Hit`.
    """

    article_id: int
    title: str | None
    title_ranges: Ranges
    snippet: Snippet
    language: str | None
    published_on: date | None
    published_calendar: str | None
    source: str
    institution: str
    url: str
    kind: str
    copies: int
    score: float | None


def load_hits(session: Session, results: SearchResults, query: SearchQuery, width: int = 240) -> list[FoundArticle]:
    """The hits as rows, best first. An article that the database does not have (any more) is left out.

    width: of the snippets, in characters.
    """
    numbers = [hit.article_id for hit in results.hits]
    articles = {article.id: article for article in session.scalars(select(Article).where(Article.id.in_(numbers)))}
    scores = {hit.article_id: hit.score for hit in results.hits}
    tree = query.tree()
    found = (articles[number] for number in numbers if number in articles)
    return [_row(article, tree, width, scores[article.id]) for article in found if article.pages]


def _row(article: Article, tree: Node | None, width: int, score: float | None) -> FoundArticle:
    version, page = article.version, article.pages[0]
    primary = (version.language or "und").lower().partition("-")[0]
    return FoundArticle(
        article_id=article.id,
        title=version.title,
        title_ranges=find_ranges(version.title or "", tree, primary),
        snippet=snippet(version.text, tree, width, primary),
        language=version.language,
        published_on=version.published_on,
        published_calendar=version.published_calendar,
        source=page.source.slug,
        institution=institution_name(page.source.institution, version.language),
        url=page.url,
        kind=article.kind,
        copies=len(article.pages) - 1,
        score=score,
    )
