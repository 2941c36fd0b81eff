"""the mail of the day to follow up, and the feed of these days

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-29 10:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BEFORE = (
    'ticket', 'called_off', 'still_maybe', 'day_before', 'hours_before', 'morning_after',
    'did_you_meet', 'met_confirmed', 'new_event', 'changed',
)  # fmt: skip
NOW = (*BEFORE, 'follow_up')


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def upgrade():
    allow(NOW)
    is_set = sa.text('follow_up_on IS NOT NULL')
    op.create_index(
        'ix_encounter_follow_up_on', 'encounter', ['follow_up_on'],
        sqlite_where=is_set, postgresql_where=is_set,
    )  # fmt: skip
    op.create_table(
        'follow_up_feed',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'],
            name='fk_follow_up_feed_person_id', ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('person_id', name='pk_follow_up_feed'),
        sa.UniqueConstraint('key', name='uq_follow_up_feed_key'),
    )  # fmt: skip


def downgrade():
    op.drop_table('follow_up_feed')
    op.drop_index('ix_encounter_follow_up_on', table_name='encounter')
    op.execute("DELETE FROM outbox_mail WHERE template = 'met/mail/follow_up'")
    op.execute("DELETE FROM notice WHERE kind = 'follow_up'")
    allow(BEFORE)
