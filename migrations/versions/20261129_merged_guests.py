"""ids and badges of guests who became one with another

Revision ID: 0046
Revises: 0043
Create Date: 2026-11-29 21:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('merged_guest',
    sa.Column('badge', sa.String(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_merged_guest_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('badge', name=op.f('pk_merged_guest'))
    )  # fmt: skip
    op.create_index('ix_merged_guest_gone_id', 'merged_guest', ['gone_id'])
    op.create_index('ix_merged_guest_rsvp_id', 'merged_guest', ['rsvp_id'])


def downgrade():
    op.drop_table('merged_guest')
