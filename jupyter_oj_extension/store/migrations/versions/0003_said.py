"""What was said in a run: the conversation of a sample, and the validator's words for staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conversation", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("judge_message", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_column("judge_message")
        batch_op.drop_column("conversation")
