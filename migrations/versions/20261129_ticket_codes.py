"""codes of tickets that other tools made

Revision ID: 0034
Revises: 0038
Create Date: 2026-11-29 20:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ticket_code',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_ticket_code_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_ticket_code_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', 'event_id', name=op.f('pk_ticket_code')),
    sqlite_with_rowid=False
    )  # fmt: skip
    op.create_index('ix_ticket_code_event_id', 'ticket_code', ['event_id'])
    op.create_index('ix_ticket_code_rsvp_id', 'ticket_code', ['rsvp_id'])


def downgrade():
    op.drop_table('ticket_code')
