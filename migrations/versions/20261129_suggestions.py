"""whom guests might look for, and which host greets a newcomer

Revision ID: 0067
Revises: 0085
Create Date: 2026-11-30 03:00:00.000000
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = '0067'
down_revision = '0085'
branch_labels = None
depends_on = None

KINDS = (
    'ticket', 'called_off', 'still_maybe', 'day_before', 'hours_before', 'changed',
    'morning_after', 'did_you_meet', 'met_confirmed', 'follow_up', 'message', 'recap', 'new_event',
)  # fmt: skip
NEW_KINDS = ('people_to_meet', 'newcomer_is_in')
TICKS = ('may_be_suggested', 'wants_a_host')


def upgrade():
    for tick in TICKS:
        op.add_column('rsvp', sa.Column(tick, sa.Boolean(), nullable=True))
    op.execute('UPDATE rsvp SET may_be_suggested = false, wants_a_host = false')
    with altered_rsvps() as batch_op:
        for tick in TICKS:
            batch_op.alter_column(tick, existing_type=sa.Boolean(), nullable=False)
    allow((*KINDS, *NEW_KINDS))
    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('whom_id', sa.Integer(), nullable=False),
    sa.Column('as_host', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('rsvp_id <> whom_id', name=op.f('ck_suggestion_not_oneself')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_suggestion_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_suggestion_rsvp_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['whom_id'], ['rsvp.id'], name=op.f('fk_suggestion_whom_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('rsvp_id', 'whom_id', name=op.f('uq_suggestion_rsvp_id_whom_id'))
    )  # fmt: skip
    op.create_index('ix_suggestion_event_id', 'suggestion', ['event_id'])
    op.create_index('ix_suggestion_whom_id', 'suggestion', ['whom_id'])
    op.create_table('suggestion_plan',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('made_from', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_suggestion_plan_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_suggestion_plan'))
    )  # fmt: skip


def downgrade():
    op.execute("DELETE FROM outbox_mail WHERE template LIKE 'greeting/mail/%'")
    op.execute(f'DELETE FROM notice WHERE kind IN {NEW_KINDS}')  # noqa: S608
    allow(KINDS)
    op.drop_table('suggestion_plan')
    op.drop_table('suggestion')
    with altered_rsvps() as batch_op:
        for tick in TICKS:
            batch_op.drop_column(tick)


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


@contextmanager
def altered_rsvps():
    """SQLite's copy of the table gives no id again that the table gave."""
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    sequence = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'rsvp'")
    last = op.get_bind().scalar(sequence) if is_sqlite else None
    once = {'sqlite_autoincrement': True}
    with op.batch_alter_table('rsvp', schema=None, table_kwargs=once) as batch_op:
        yield batch_op
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'rsvp'")
        op.execute(f"INSERT INTO sqlite_sequence VALUES ('rsvp', {last})")
