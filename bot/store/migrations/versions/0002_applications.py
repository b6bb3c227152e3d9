"""Codes to come back with, and applications"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["matter"], ["matters.number"], name=op.f("fk_applications_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applications_matter"), ["matter"], unique=False)

    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("code_failures", sa.Integer(), nullable=False, server_default="0"))
    matters = sa.table("matters", sa.column("number", sa.String), sa.column("code", sa.String))
    connection = op.get_bind()
    for number in connection.execute(sa.select(matters.c.number)).scalars().all():
        code = f"{secrets.randbelow(10**6):06d}"
        connection.execute(matters.update().where(matters.c.number == number).values(code=code))
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.alter_column("code", existing_type=sa.String(length=6), nullable=False)
        batch_op.alter_column("code_failures", existing_type=sa.Integer(), server_default=None)
    if sa.inspect(connection).has_table("schema_version"):
        op.drop_table("schema_version")  # the version of before there were migrations
