"""changes of time or place, and who is told

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-29 10:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

KINDS = (
    'ticket', 'called_off', 'still_maybe', 'morning_after', 'did_you_meet', 'met_confirmed',
    'new_event', 'day_before', 'hours_before',
)  # fmt: skip


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def upgrade():
    op.create_table('event_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tz', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('kept_quiet_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_change_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_change'))
    )  # fmt: skip
    op.create_index('ix_event_change_event_id', 'event_change', ['event_id'])
    op.create_index('ix_event_change_told_at', 'event_change', ['told_at'])
    allow((*KINDS, 'changed'))


def downgrade():
    told = "SELECT id FROM notice WHERE kind = 'changed'"
    op.execute(f'DELETE FROM outbox_mail WHERE notice_id IN ({told})')
    op.execute("DELETE FROM notice WHERE kind = 'changed'")
    allow(KINDS)
    op.drop_table('event_change')
