"""Scores of runs, groups and judgements; an uncaught error's type and line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("max_score", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("group_results", sa.JSON(), nullable=True))

    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("score", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("error_type", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("error_line", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_column("error_line")
        batch_op.drop_column("error_type")
        batch_op.drop_column("score")

    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_column("group_results")
        batch_op.drop_column("max_score")
