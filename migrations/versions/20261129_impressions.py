"""what guests take with them from an event

Revision ID: 0073
Revises: 0066
Create Date: 2026-11-30 02:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0073'
down_revision = '0066'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('impression',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('talk', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("audience IN ('hosts', 'attendees', 'everyone')", name=op.f('ck_impression_audience')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_impression_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_impression_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_impression'))
    )  # fmt: skip
    op.create_index(op.f('ix_impression_person_id'), 'impression', ['person_id'])
    op.create_index('ix_impression_event_id_id', 'impression', ['event_id', 'id'])


def downgrade():
    op.drop_table('impression')
