"""Institutions and sources as the archive knows them; the catalogue's files stay the truth."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Institution, Page, Source


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the catalogue says of a source. names: of the institution, by BCP 47 tag. country: ISO 3166-1 alpha-2."""

    slug: str
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    names: dict[str, str]
    country: str
    kind: str
    homepage: str
    ror: str | None


def save_source(session: Session, facts: SourceFacts) -> Source:
    """Insert or update a source and its institution."""
    institution = session.scalar(select(Institution).where(Institution.homepage == facts.homepage))
    if institution is None:
        institution = Institution(homepage=facts.homepage)
        session.add(institution)
    institution.names, institution.country, institution.kind = facts.names, facts.country, facts.kind
    institution.ror = facts.ror
    source = session.scalar(select(Source).where(Source.slug == facts.slug))
    if source is None:
        source = Source(slug=facts.slug)
        session.add(source)
    source.institution, source.hosts, source.languages = institution, list(facts.hosts), list(facts.languages)
    session.flush()
    return source


def find_source(session: Session, slug: str) -> int | None:
    """The row number of a source; None where the archive does not have it yet."""
    return session.scalar(select(Source.id).where(Source.slug == slug))


def institution_name(institution: Institution, language: str | None = None) -> str:
    """The institution's name in a language (BCP 47) or its primary subtag, else in English, else the first, else its homepage."""
    names, tag = institution.names, language or "en"
    wanted = (tag, tag.partition("-")[0], "en", *names)
    return next((names[each] for each in wanted if each in names), institution.homepage)


def article_counts(session: Session) -> dict[str, int]:
    """By slug, how many articles a source carries, copies of others' among them."""
    counted = func.count(func.distinct(Page.article_id))
    statement = select(Source.slug, counted).join(Page, Page.source_id == Source.id).where(Page.article_id.is_not(None))
    return dict(session.execute(statement.group_by(Source.slug)).all())
