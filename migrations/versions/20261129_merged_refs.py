"""refs of guests who became one with another

Revision ID: 0042
Revises: 0036
Create Date: 2026-11-29 20:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('merged_ref',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('source_ref', sa.String(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_merged_ref_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_merged_ref_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'source_ref', name=op.f('pk_merged_ref'))
    )  # fmt: skip
    op.create_index('ix_merged_ref_rsvp_id', 'merged_ref', ['rsvp_id'])


def downgrade():
    op.drop_table('merged_ref')
