"""badges that the worker draws

Revision ID: 0035
Revises: 0041
Create Date: 2026-11-29 20:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('badge_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.JSON(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('file IS NULL OR finished_at IS NOT NULL', name=op.f('ck_badge_sheet_finished')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_badge_sheet_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_sheet'))
    )  # fmt: skip
    op.create_index('ix_badge_sheet_event_id', 'badge_sheet', ['event_id'])
    op.create_index('ix_badge_sheet_created_at', 'badge_sheet', ['created_at'])
    op.create_index(
        'ix_badge_sheet_waiting', 'badge_sheet', ['created_at'],
        sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'),
    )


def downgrade():
    op.drop_table('badge_sheet')
