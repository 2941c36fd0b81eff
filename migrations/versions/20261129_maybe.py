"""maybe, a line to the host, and asking once more

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-29 07:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

STATUSES = ('going', 'waitlisted', 'pending', 'not_going', 'cancelled')
KINDS = ('ticket', 'called_off', 'morning_after', 'did_you_meet')
NOT_DECIDED = sa.text("person_id IS NOT NULL AND status = 'maybe'")


def allow(table, column, words):
    """Have a column's check allow these words, and no others."""
    name = f'ck_{table}_{column}'
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(name), type_='check')
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f(name), f'{column} IN {words}')


def upgrade():
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.String(), nullable=True))
    op.execute("UPDATE rsvp SET note = ''")
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.alter_column('note', existing_type=sa.String(), nullable=False)
    allow('rsvp', 'status', (*STATUSES, 'maybe'))
    allow('notice', 'kind', (*KINDS, 'still_maybe'))
    op.create_index('ix_event_starts_at', 'event', ['starts_at'])
    op.create_index(
        'ix_rsvp_not_decided', 'rsvp', ['event_id'],
        sqlite_where=NOT_DECIDED, postgresql_where=NOT_DECIDED,
    )  # fmt: skip


def downgrade():
    # Who may come was not coming for sure, and holds no place either.
    op.execute("UPDATE rsvp SET status = 'not_going' WHERE status = 'maybe'")
    op.execute("DELETE FROM outbox_mail WHERE notice_id IN (SELECT id FROM notice WHERE kind = 'still_maybe')")
    op.execute("DELETE FROM notice WHERE kind = 'still_maybe'")
    op.drop_index('ix_rsvp_not_decided', 'rsvp')
    op.drop_index('ix_event_starts_at', 'event')
    allow('notice', 'kind', KINDS)
    allow('rsvp', 'status', STATUSES)
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_column('note')
