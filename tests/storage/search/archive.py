"""Rows as a crawl would have made them, for tests that search them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.database import Database
from storage.identity import page_key
from storage.models import Article, ArticleVersion, Capture, Institution, Page, Source

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class News:
    """An article to be saved. sources: slugs, whose first two letters are their country; the first is its own."""

    text: str
    title: str | None = None
    language: str | None = "en"
    published_on: date | None = None
    sources: Sequence[str] = field(default=("uz-sammu",))
    kind: str = "article"


class Archive:
    """Saves articles, each under the next change number unless one is given."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._serials = itertools.count(1)

    def save(self, *news: News, change: int | None = None) -> list[int]:
        with self.database.write() as session:
            return [self._save(session, item, change) for item in news]

    def revise(self, article_id: int, text: str) -> None:
        with self.database.write() as session:
            article = session.get_one(Article, article_id)
            article.newest += 1
            article.change = self._next_change(session)
            session.add(self._version(article, News(text), article.version.capture_id))

    def forget_everything(self) -> None:
        with self.database.write() as session:
            for page in session.scalars(select(Page)):
                page.article_id = None
            session.flush()
            for model in (ArticleVersion, Article):
                for row in session.scalars(select(model)):
                    session.delete(row)

    def _save(self, session: Session, news: News, change: int | None) -> int:
        article = Article(kind=news.kind, newest=1, change=change or self._next_change(session))
        session.add(article)
        session.flush()
        pages = [self._page(session, slug, article.id) for slug in news.sources]
        session.flush()
        capture = Capture(
            page_id=pages[0].id,
            url=pages[0].url,
            fetched_at=NOON,
            status=200,
            sha256="0" * 64,
            warc_file="test.warc.gz",
            warc_offset=next(self._serials),
            warc_length=1,
        )
        session.add(capture)
        session.flush()
        session.add(self._version(article, news, capture.id))
        session.flush()
        return article.id

    def _version(self, article: Article, news: News, capture_id: int) -> ArticleVersion:
        return ArticleVersion(
            article_id=article.id,
            number=article.newest,
            capture_id=capture_id,
            title=news.title,
            text=news.text,
            language=news.language,
            published_on=news.published_on,
            published_raw=str(news.published_on) if news.published_on else None,
            published_calendar="persian" if news.language == "fa" else "gregorian",
            published_precision="day",
            published_method="visible",
            published_confidence=0.8,
            links=[],
            images=[],
            text_sha256="0" * 64,
        )

    def _page(self, session: Session, slug: str, article_id: int) -> Page:
        source = session.scalar(select(Source).where(Source.slug == slug)) or self._source(session, slug)
        url = f"https://{slug}.example/news/{next(self._serials)}"
        page = Page(
            source_id=source.id,
            key=page_key(url),
            url=url,
            fetch_url=url,
            role="article",
            found_at=NOON,
            article_id=article_id,
        )
        session.add(page)
        return page

    def _source(self, session: Session, slug: str) -> Source:
        names = {"en": f"University {slug}", "fa": f"دانشگاه {slug}"}
        institution = Institution(
            homepage=f"https://{slug}.example/", names=names, country=slug[:2].upper(), kind="university"
        )
        session.add(institution)
        session.flush()
        source = Source(slug=slug, institution_id=institution.id, hosts=[f"{slug}.example"], languages=["en"])
        session.add(source)
        session.flush()
        return source

    def _next_change(self, session: Session) -> int:
        return (session.scalar(select(func.max(Article.change))) or 0) + 1
