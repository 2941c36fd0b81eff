"""rounds at small tables, who takes part and who sat where

Revision ID: 0069
Revises: 0078
Create Date: 2026-11-30 06:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0069'
down_revision = '0078'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('table_size', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('pause_minutes', sa.Integer(), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wall', sa.String(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 3 AND 30', name=op.f('ck_rounds_minutes')),
    sa.CheckConstraint('table_size BETWEEN 2 AND 6', name=op.f('ck_rounds_table_size')),
    sa.CheckConstraint('count BETWEEN 1 AND 20', name=op.f('ck_rounds_count')),
    sa.CheckConstraint('pause_minutes BETWEEN 0 AND 30', name=op.f('ck_rounds_pause_minutes')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_rounds_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rounds')),
    sa.UniqueConstraint('event_id', name=op.f('uq_rounds_event_id')),
    sa.UniqueConstraint('wall', name=op.f('uq_rounds_wall'))
    )  # fmt: skip
    waits = sa.text('next_at IS NOT NULL')
    op.create_index('ix_rounds_next_at', 'rounds', ['next_at'], sqlite_where=waits, postgresql_where=waits)  # fmt: skip
    op.create_table('rounds_tick',
    sa.Column('rsvp_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rounds_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rounds_id'], ['rounds.id'], name=op.f('fk_rounds_tick_rounds_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_rounds_tick_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rsvp_id', name=op.f('pk_rounds_tick'))
    )  # fmt: skip
    op.create_index(op.f('ix_rounds_tick_rounds_id'), 'rounds_tick', ['rounds_id'])
    op.create_table('round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rounds_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_round_number')),
    sa.CheckConstraint('ends_at >= starts_at', name=op.f('ck_round_ends_at')),
    sa.ForeignKeyConstraint(['rounds_id'], ['rounds.id'], name=op.f('fk_round_rounds_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('rounds_id', 'number', name=op.f('uq_round_rounds_id_number'))
    )  # fmt: skip
    op.create_table('round_seat',
    sa.Column('round_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('table_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_seat_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_round_seat_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'rsvp_id', name=op.f('pk_round_seat'))
    )  # fmt: skip
    op.create_index(op.f('ix_round_seat_rsvp_id'), 'round_seat', ['rsvp_id'])


def downgrade():
    op.drop_table('round_seat')
    op.drop_table('round')
    op.drop_table('rounds_tick')
    op.drop_table('rounds')
