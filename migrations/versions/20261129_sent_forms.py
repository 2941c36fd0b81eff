"""which rows a form has added

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-29 10:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('sent_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_form')),
    sa.UniqueConstraint('key', name=op.f('uq_sent_form_key'))
    )  # fmt: skip


def downgrade():
    op.drop_table('sent_form')
