"""questions from the floor, and votes for them

Revision ID: 0092
Revises: 0099
Create Date: 2026-11-30 07:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0092'
down_revision = '0099'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('floor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('hosts_first', sa.Boolean(), nullable=False),
    sa.Column('talk_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wall', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_floor_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_floor_talk_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_floor')),
    sa.UniqueConstraint('event_id', name=op.f('uq_floor_event_id')),
    sa.UniqueConstraint('wall', name=op.f('uq_floor_wall'))
    )  # fmt: skip
    op.create_index(op.f('ix_floor_talk_id'), 'floor', ['talk_id'])
    op.create_table('floor_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('talk_id', sa.Integer(), nullable=True),
    sa.Column('rsvp_id', sa.Integer(), nullable=True),
    sa.Column('is_anonymous', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('is_anonymous OR rsvp_id IS NOT NULL', name=op.f('ck_floor_question_asker')),
    sa.CheckConstraint('shown_at IS NULL OR hidden_at IS NULL', name=op.f('ck_floor_question_shown_or_hidden')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_floor_question_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_floor_question_talk_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_floor_question_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_floor_question'))
    )  # fmt: skip
    for column in ('event_id', 'talk_id', 'rsvp_id'):
        op.create_index(op.f(f'ix_floor_question_{column}'), 'floor_question', [column])
    op.create_table('floor_vote',
    sa.Column('question_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['floor_question.id'], name=op.f('fk_floor_vote_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_floor_vote_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('question_id', 'rsvp_id', name=op.f('pk_floor_vote'))
    )  # fmt: skip
    op.create_index('ix_floor_vote_rsvp_id', 'floor_vote', ['rsvp_id'])


def downgrade():
    op.drop_table('floor_vote')
    op.drop_table('floor_question')
    op.drop_table('floor')
