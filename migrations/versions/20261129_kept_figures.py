"""the figures of an event's report, as they are kept

Revision ID: 0076
Revises: 0062
Create Date: 2026-11-30 01:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0076'
down_revision = '0062'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('kept_figures',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_kept_figures_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_kept_figures'))
    )  # fmt: skip


def downgrade():
    op.drop_table('kept_figures')
