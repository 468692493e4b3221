"""Schedule: how often an entry point is asked, what is listed on a page of it, what is believed of validators, traps"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.dialects import BigId, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS: tuple[tuple[str, str, sa.types.TypeEngine[Any]], ...] = (
    ("page", "full_at", Moment()),
    ("page", "misled", sa.Boolean()),
    ("page", "gap_hours", sa.Double()),
    ("page", "page_size", BigId),
    ("page", "since", sa.Date()),
    ("run_source", "strange", BigId),
    ("source", "traps", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Schedule: how often an entry point is asked, what is listed on a page of it, what is believed of validators, traps"""
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Undo it."""
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
