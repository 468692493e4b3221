"""First light: the tables of a crawl and its articles"""

import sqlalchemy as sa
from alembic import op

from storage.dialects import BigId, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """First light: the tables of a crawl and its articles"""
    state = op.create_table(
        "archive_state",
        sa.Column("id", BigId, nullable=False),
        sa.Column("change", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(state, [{"id": 1, "change": 0}])
    op.create_table(
        "article",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("newest", BigId, nullable=False),
        sa.Column("change", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_article_change", "article", ["change"])

    op.create_table(
        "institution",
        sa.Column("id", BigId, nullable=False),
        sa.Column("homepage", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ror", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("homepage"),
    )
    op.create_table(
        "run",
        sa.Column("id", BigId, nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("process", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "warc_file",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "source",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("institution_id", BigId, nullable=False),
        sa.Column("hosts", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "page",
        sa.Column("id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetch_url", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("entry_url", sa.Text(), nullable=True),
        sa.Column("depth", BigId, nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("listed_date", sa.Text(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("last_visit_at", Moment(), nullable=True),
        sa.Column("next_visit_at", Moment(), nullable=True),
        sa.Column("unchanged", BigId, nullable=False),
        sa.Column("failures", BigId, nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("swept_at", Moment(), nullable=True),
        sa.Column("article_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_page_article_id", "page", ["article_id"])
    op.create_index("ix_page_claim", "page", ["claim"])
    op.create_index("page_source_next_visit", "page", ["source_id", "next_visit_at"])
    op.create_index("page_source_state", "page", ["source_id", "state"])

    op.create_table(
        "run_source",
        sa.Column("run_id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=False),
        sa.Column("asked", BigId, nullable=False),
        sa.Column("new", BigId, nullable=False),
        sa.Column("changed", BigId, nullable=False),
        sa.Column("unchanged", BigId, nullable=False),
        sa.Column("copies", BigId, nullable=False),
        sa.Column("other", BigId, nullable=False),
        sa.Column("failed", BigId, nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("run_id", "source_id"),
    )
    op.create_table(
        "address",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("page_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"]),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_index("ix_address_key", "address", ["key"])
    op.create_index("ix_address_page_id", "address", ["page_id"])

    op.create_table(
        "capture",
        sa.Column("id", BigId, nullable=False),
        sa.Column("run_id", BigId, nullable=True),
        sa.Column("page_id", BigId, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", Moment(), nullable=False),
        sa.Column("status", BigId, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("warc_file", sa.String(length=120), nullable=False),
        sa.Column("warc_offset", BigId, nullable=False),
        sa.Column("warc_length", BigId, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reader", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"],
            ["page.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("warc_file", "warc_offset"),
    )
    op.create_index("ix_capture_page_id", "capture", ["page_id"])
    op.create_index("ix_capture_run_id", "capture", ["run_id"])

    op.create_table(
        "article_version",
        sa.Column("id", BigId, nullable=False),
        sa.Column("article_id", BigId, nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("capture_id", BigId, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("published_calendar", sa.String(length=20), nullable=True),
        sa.Column("published_precision", sa.String(length=10), nullable=True),
        sa.Column("published_method", sa.String(length=40), nullable=True),
        sa.Column("published_confidence", sa.Double(), nullable=True),
        sa.Column("modified", sa.JSON(), nullable=True),
        sa.Column("event", sa.JSON(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.ForeignKeyConstraint(
            ["capture_id"],
            ["capture.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("article_id", "number"),
    )
    op.create_index("ix_article_version_capture_id", "article_version", ["capture_id"])
    op.create_index("ix_article_version_text_sha256", "article_version", ["text_sha256"])


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_article_version_text_sha256", "article_version")
    op.drop_index("ix_article_version_capture_id", "article_version")

    op.drop_table("article_version")
    op.drop_index("ix_capture_run_id", "capture")
    op.drop_index("ix_capture_page_id", "capture")

    op.drop_table("capture")
    op.drop_index("ix_address_key", "address")
    op.drop_index("ix_address_page_id", "address")

    op.drop_table("address")
    op.drop_table("run_source")
    op.drop_index("page_source_state", "page")
    op.drop_index("page_source_next_visit", "page")
    op.drop_index("ix_page_claim", "page")
    op.drop_index("ix_page_article_id", "page")

    op.drop_table("page")
    op.drop_table("source")
    op.drop_table("warc_file")
    op.drop_table("run")
    op.drop_table("institution")
    op.drop_index("ix_article_change", "article")

    op.drop_table("article")
    op.drop_table("archive_state")
