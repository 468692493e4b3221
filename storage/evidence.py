"""The captures that prove a flag: one from when the source was well, one from since then, of the same page where there are such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage.flags import Flag, Proof
from storage.models import ArticleVersion, Capture, Page, Source
from storage.pages import find_page

Condition = ColumnElement[bool]

LIST = (Page.role != "article") & (Capture.status == 200)
ARTICLE = Capture.outcome.in_(("article", "page"))
NO_ARTICLE = Capture.outcome.in_(("listing", "none", "unreadable"))
SAVED_TEXT = ArticleVersion.id.is_not(None)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a capture is like while all is well, and what afterwards. first: of several, the one with the least of this."""

    well: Condition
    broken: Condition
    first: ColumnElement[int] | None = None


MARKS = {
    "blocked": _Marks(Capture.status == 200, Capture.status.not_in((200, 304))),
    "no candidates": _Marks(LIST, LIST),
    "few candidates": _Marks(LIST, LIST),
    "no articles read": _Marks(ARTICLE, NO_ARTICLE),
    "navigation as text": _Marks(ARTICLE, NO_ARTICLE & Page.article_id.is_not(None)),
    "titles vanished": _Marks(ArticleVersion.title.is_not(None), SAVED_TEXT & ArticleVersion.title.is_(None)),
    "dates vanished": _Marks(
        ArticleVersion.published_on.is_not(None), SAVED_TEXT & ArticleVersion.published_on.is_(None)
    ),
    "bodies collapsed": _Marks(SAVED_TEXT, SAVED_TEXT, first=func.length(ArticleVersion.text)),
    "selectors missed": _Marks(SAVED_TEXT, SAVED_TEXT),
    "language changed": _Marks(SAVED_TEXT, SAVED_TEXT),
    "silent": _Marks(SAVED_TEXT, LIST),
}
"""By flag."""


def find_proof(session: Session, slug: str, flag: Flag, runs: Sequence[int]) -> Proof:
    """What the archive has to show for a flag. runs: those that the source was judged by, oldest first."""
    marks, of_source = MARKS[flag.name], Source.slug == slug
    well = Capture.run_id.in_([run for run in runs if flag.well is not None and run <= flag.well])
    since = Capture.run_id.in_([run for run in runs if flag.well is None or run > flag.well])
    page = find_page(session, flag.example) if flag.example is not None else None
    after = _newest(session, since, Capture.page_id == page.id) if page is not None else None
    if after is None:
        after = _newest(session, since, of_source, marks.broken, first=marks.first)
    before = _newest(session, well, marks.well, Capture.page_id == after.page_id) if after is not None else None
    return Proof(before or _newest(session, well, of_source, marks.well), after)


def _newest(session: Session, *where: Condition, first: ColumnElement[int] | None = None) -> Capture | None:
    statement = (
        select(Capture)
        .join(Page, Page.id == Capture.page_id)
        .join(Source, Source.id == Page.source_id)
        .outerjoin(ArticleVersion, ArticleVersion.capture_id == Capture.id)
        .where(*where)
        .order_by(*([] if first is None else [first]), Capture.id.desc())
        .limit(1)
    )
    return session.scalar(statement)
