"""Selectors that miss: on how many of a run's articles each of a source's own selectors found nothing"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Selectors that miss: on how many of a run's articles each of a source's own selectors found nothing"""
    op.add_column("run_source", sa.Column("missed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("run_source", "missed")
