"""What the database has for the index: articles in the order in which they changed."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Article, ArticleVersion, Institution, Page, Source
from storage.search.schema import Entry


def newest_change(session: Session) -> int:
    """The greatest change number of any article; 0 when there is none."""
    return session.scalar(select(func.max(Article.change))) or 0


def read_changes(session: Session, since: int, count: int) -> list[Entry]:
    """The next articles that changed after `since`, in that order: about `count`, as those that share a change number stay together."""
    later = select(Article.change).where(Article.change > since).order_by(Article.change)
    last = session.scalar(later.offset(count - 1).limit(1))
    if last is None:
        last = newest_change(session)
    rows = session.execute(
        select(
            Article.id,
            Article.change,
            Article.kind,
            ArticleVersion.title,
            ArticleVersion.text,
            ArticleVersion.language,
            ArticleVersion.published_on,
        )
        .join(ArticleVersion, (ArticleVersion.article_id == Article.id) & (ArticleVersion.number == Article.newest))
        .where(Article.change > since, Article.change <= last)
        .order_by(Article.change, Article.id)
    ).all()
    places = _places(session, [row.id for row in rows])
    return [Entry(*row, *places[row.id]) for row in rows]


def _places(session: Session, article_ids: list[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The source slugs and the countries of each article's pages, each once."""
    rows = session.execute(
        select(Page.article_id, Source.slug, Institution.country)
        .join(Source, Source.id == Page.source_id)
        .join(Institution, Institution.id == Source.institution_id)
        .where(Page.article_id.in_(article_ids))
        .order_by(Page.id)
    )
    slugs: dict[int | None, dict[str, str]] = defaultdict(dict)
    for article_id, slug, country in rows:
        slugs[article_id][slug] = country
    return {number: (tuple(slugs[number]), tuple(dict.fromkeys(slugs[number].values()))) for number in article_ids}
