"""why an event is called off, that it is on again, and what calendars and organisers were told

Revision ID: 0041
Revises: 0033
Create Date: 2026-11-29 21:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0033'
branch_labels = None
depends_on = None

BACK_ON = sa.text('back_on_at IS NOT NULL')
TEXTS = (('event', 'called_off_because'), ('event_change', 'line'))
TIMES = (
    ('event', 'back_on_at'),
    ('rsvp', 'in_calendar_since'),
    ('organiser', 'requests_ended_at'),
)


def upgrade():
    for table, name in TEXTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
        op.execute(f"UPDATE {table} SET {name} = ''")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(name, existing_type=sa.String(), nullable=False)
    for table, name in TIMES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(
            'ix_event_back_on', ['back_on_at'], sqlite_where=BACK_ON, postgresql_where=BACK_ON
        )
    # Who has a place and was sent a mail has had the event in it, for their calendar.
    op.execute(
        'UPDATE rsvp SET in_calendar_since = (SELECT MAX(outbox_mail.sent_at) FROM outbox_mail '
        'WHERE outbox_mail.about_id = rsvp.id AND outbox_mail.template IN '
        "('rsvp/mail/answered', 'rsvp/mail/promoted', 'rsvp/mail/approved', "
        "'rsvp/mail/changed', 'guests/mail/ticket')) WHERE status = 'going'"
    )


def downgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_back_on')
    for table, name in (*TIMES, *TEXTS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(name)
    op.execute("DELETE FROM outbox_mail WHERE template = 'rsvp/mail/back_on'")
