"""what organisers write to guests in words of their own

Revision ID: 0050
Revises: 0060
Create Date: 2026-11-29 23:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0060'
branch_labels = None
depends_on = None

KINDS = (
    'ticket', 'called_off', 'still_maybe', 'morning_after', 'did_you_meet', 'met_confirmed',
    'new_event', 'day_before', 'hours_before', 'changed', 'follow_up',
)  # fmt: skip


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def upgrade():
    op.create_table('organiser_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_organiser_message_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_organiser_message_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organiser_message'))
    )  # fmt: skip
    op.create_index('ix_organiser_message_event_id', 'organiser_message', ['event_id'])
    op.create_index('ix_organiser_message_by_id', 'organiser_message', ['by_id'])
    allow((*KINDS, 'message'))


def downgrade():
    told = "SELECT id FROM notice WHERE kind = 'message'"
    op.execute(f'DELETE FROM outbox_mail WHERE notice_id IN ({told})')
    op.execute("DELETE FROM notice WHERE kind = 'message'")
    allow(KINDS)
    op.drop_table('organiser_message')
