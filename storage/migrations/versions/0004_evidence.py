"""Evidence: Markdown, why each field is what it is, the countries an article names, and the lines that a site repeats"""

import sqlalchemy as sa
from alembic import op

from storage.dialects import BigId, Moment, Words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Evidence: Markdown, why each field is what it is, the countries an article names, and the lines that a site repeats"""
    op.add_column("article_version", sa.Column("markdown", Words(), nullable=True))
    op.add_column("article_version", sa.Column("why", JSON, nullable=True))
    op.create_table(
        "mention",
        sa.Column("article_version_id", BigId, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("position", BigId, primary_key=True, autoincrement=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("words", JSON, nullable=False),
    )
    op.create_index("ix_mention_country", "mention", ["country"])
    op.create_table(
        "site_repeats",
        sa.Column("id", BigId, primary_key=True),
        sa.Column("source_id", BigId, sa.ForeignKey("source.id"), nullable=False),
        sa.Column("host", Words(), nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("learned_at", Moment(), nullable=False),
        sa.Column("pages", BigId, nullable=False),
        sa.Column("captures", JSON, nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("newest_capture", BigId, nullable=False),
        sa.UniqueConstraint("source_id", "host", "number"),
    )
    op.add_column(
        "capture",
        sa.Column("site_repeats_id", BigId, sa.ForeignKey("site_repeats.id"), nullable=True),
        inline_references=True,  # SQLite adds a constraint in no other way
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("capture", "site_repeats_id")
    op.drop_table("site_repeats")
    op.drop_table("mention")
    op.drop_column("article_version", "why")
    op.drop_column("article_version", "markdown")
