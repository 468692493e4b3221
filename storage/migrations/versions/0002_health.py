"""Health: what a run saw of a source, to be compared with the next"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.dialects import BigId

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("broken", sa.Boolean()),
    ("candidates", BigId),
    ("articles", BigId),
    ("titled", BigId),
    ("dated", BigId),
    ("body_length", BigId),
    ("language", sa.String(length=20)),
    ("language_share", sa.Double()),
    ("lost", BigId),
)


def upgrade() -> None:
    """Health: what a run saw of a source, to be compared with the next"""
    for name, kind in COLUMNS:
        op.add_column("run_source", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Undo it."""
    for name, _ in reversed(COLUMNS):
        op.drop_column("run_source", name)
