"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contests",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("freeze", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thaw", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scoring", sa.String(length=20), nullable=False),
        sa.Column("penalty_min", sa.Integer(), nullable=False),
        sa.Column("tie", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
    )
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contests_start"), ["start"], unique=False)

    op.create_table(
        "graders",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graders")),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index("ix_problems_level_title", ["level", "title"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("affiliation", sa.String(length=200), nullable=True),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_table(
        "cells",
        sa.Column("contest_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("problem_id", sa.String(length=64), nullable=False),
        sa.Column("public_attempts", sa.Integer(), nullable=False),
        sa.Column("public_pending", sa.Integer(), nullable=False),
        sa.Column("public_solved_at_s", sa.Double(), nullable=True),
        sa.Column("public_penalty_min", sa.Integer(), nullable=False),
        sa.Column("staff_attempts", sa.Integer(), nullable=False),
        sa.Column("staff_pending", sa.Integer(), nullable=False),
        sa.Column("staff_solved_at_s", sa.Double(), nullable=True),
        sa.Column("staff_penalty_min", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_cells_contest_id_contests"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_cells_problem_id_problems")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cells_user_id_users")),
        sa.PrimaryKeyConstraint("contest_id", "user_id", "problem_id", name=op.f("pk_cells")),
    )
    with op.batch_alter_table("cells", schema=None) as batch_op:
        batch_op.create_index("ix_cells_problem", ["contest_id", "problem_id"], unique=False)

    op.create_table(
        "contest_problems",
        sa.Column("contest_id", sa.String(length=64), nullable=False),
        sa.Column("problem_id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=8), nullable=False),
        sa.Column("color", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("public_solved", sa.Integer(), nullable=False),
        sa.Column("public_tried", sa.Integer(), nullable=False),
        sa.Column("public_first_s", sa.Double(), nullable=True),
        sa.Column("staff_solved", sa.Integer(), nullable=False),
        sa.Column("staff_tried", sa.Integer(), nullable=False),
        sa.Column("staff_first_s", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_contest_problems_contest_id_contests"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_contest_problems_problem_id_problems")),
        sa.PrimaryKeyConstraint("contest_id", "problem_id", name=op.f("pk_contest_problems")),
        sa.UniqueConstraint("contest_id", "label", name=op.f("uq_contest_problems_contest_id")),
    )
    with op.batch_alter_table("contest_problems", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contest_problems_problem_id"), ["problem_id"], unique=False)

    op.create_table(
        "contestants",
        sa.Column("contest_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.BigInteger(), nullable=False),
        sa.Column("staff_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_contestants_contest_id_contests"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contestants_user_id_users")),
        sa.PrimaryKeyConstraint("contest_id", "user_id", name=op.f("pk_contestants")),
    )
    with op.batch_alter_table("contestants", schema=None) as batch_op:
        batch_op.create_index("ix_contestants_public", ["contest_id", "public_key", "user_id"], unique=False)
        batch_op.create_index("ix_contestants_staff", ["contest_id", "staff_key", "user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contestants_user_id"), ["user_id"], unique=False)

    op.create_table(
        "problem_tags",
        sa.Column("problem_id", sa.String(length=64), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name=op.f("fk_problem_tags_problem_id_problems"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("problem_id", "tag", name=op.f("pk_problem_tags")),
    )
    with op.batch_alter_table("problem_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "problem_versions",
        sa.Column("problem_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name=op.f("fk_problem_versions_problem_id_problems"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("problem_id", "version", name=op.f("pk_problem_versions")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("problem_id", sa.String(length=64), nullable=False),
        sa.Column("problem_version", sa.String(length=64), nullable=False),
        sa.Column("contest_id", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("own_input", sa.Text(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=128), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('submit', 'run')", name=op.f("ck_submissions_kind")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_submissions_contest_id_contests")),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_submissions_problem_id_problems")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_submissions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("user_id", "idempotency_key", name=op.f("uq_submissions_user_id")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index("ix_submissions_contest", ["contest_id", "user_id", "problem_id"], unique=False)
        batch_op.create_index("ix_submissions_problem", ["problem_id", "kind", "user_id"], unique=False)
        batch_op.create_index("ix_submissions_user", ["user_id", "submitted_at"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("contest_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_tokens_contest_id_contests"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tokens_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tokens")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_user_id"), ["user_id"], unique=False)

    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grader", sa.String(length=200), nullable=True),
        sa.Column("verdict", sa.String(length=4), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("tests_total", sa.Integer(), nullable=True),
        sa.Column("tests_done", sa.Integer(), nullable=False),
        sa.Column("failing", sa.Integer(), nullable=True),
        sa.Column("cpu_s", sa.Double(), nullable=True),
        sa.Column("memory_kib", sa.Integer(), nullable=True),
        sa.Column("compiler_output", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_s", sa.Double(), nullable=True),
        sa.Column("compile_s", sa.Double(), nullable=True),
        sa.Column("run_s", sa.Double(), nullable=True),
        sa.Column("total_s", sa.Double(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'leased', 'done')", name=op.f("ck_judgements_state")),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_judgements_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_judgements_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index("ix_judgements_lease", ["state", "lease_until"], unique=False)
        batch_op.create_index("ix_judgements_queue", ["state", "language", "lane", "queued_at"], unique=False)
        batch_op.create_index("ix_judgements_submission", ["submission_id"], unique=False)
        batch_op.create_index("ix_judgements_waiting", ["state", "user_id", "sent_at"], unique=False)
        batch_op.create_index(
            "uq_judgements_valid",
            ["submission_id"],
            unique=True,
            sqlite_where=sa.text("valid"),
            postgresql_where=sa.text("valid"),
        )

    op.create_table(
        "runs",
        sa.Column("judgement_id", sa.String(length=32), nullable=False),
        sa.Column("idx", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("grp", sa.String(length=200), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=4), nullable=False),
        sa.Column("cpu_s", sa.Double(), nullable=False),
        sa.Column("wall_s", sa.Double(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("signal", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("input", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["judgements.id"], name=op.f("fk_runs_judgement_id_judgements"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("judgement_id", "idx", name=op.f("pk_runs")),
    )


def downgrade() -> None:
    op.drop_table("runs")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index("uq_judgements_valid", sqlite_where=sa.text("valid"), postgresql_where=sa.text("valid"))
        batch_op.drop_index("ix_judgements_waiting")
        batch_op.drop_index("ix_judgements_submission")
        batch_op.drop_index("ix_judgements_queue")
        batch_op.drop_index("ix_judgements_lease")

    op.drop_table("judgements")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tokens_user_id"))

    op.drop_table("tokens")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index("ix_submissions_user")
        batch_op.drop_index("ix_submissions_problem")
        batch_op.drop_index("ix_submissions_contest")

    op.drop_table("submissions")
    op.drop_table("problem_versions")
    with op.batch_alter_table("problem_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_tags_tag"))

    op.drop_table("problem_tags")
    with op.batch_alter_table("contestants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contestants_user_id"))
        batch_op.drop_index("ix_contestants_staff")
        batch_op.drop_index("ix_contestants_public")

    op.drop_table("contestants")
    with op.batch_alter_table("contest_problems", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contest_problems_problem_id"))

    op.drop_table("contest_problems")
    with op.batch_alter_table("cells", schema=None) as batch_op:
        batch_op.drop_index("ix_cells_problem")

    op.drop_table("cells")
    op.drop_table("users")
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.drop_index("ix_problems_level_title")

    op.drop_table("problems")
    op.drop_table("graders")
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contests_start"))

    op.drop_table("contests")
