"""what the worker has to do, found by an index

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-28 18:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

CALLED_OFF = sa.text('called_off_at IS NOT NULL')
NOT_ASKED = sa.text('person_id IS NOT NULL AND morning_after_at IS NULL')
NOT_TOLD = sa.text('person_id IS NOT NULL AND called_off_mailed_at IS NULL')


def note_who_was_told():
    """Of whom a mail tells that the event was called off, it was only the mail that said so."""
    op.execute(
        """
        UPDATE rsvp SET called_off_mailed_at = (
            SELECT outbox_mail.created_at FROM outbox_mail
            WHERE outbox_mail.once = 'rsvp/mail/called_off:' || rsvp.id
        )
        WHERE event_id IN (SELECT id FROM event WHERE called_off_at IS NOT NULL)
        """
    )


def upgrade():
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('called_off_mailed_at', sa.DateTime(timezone=True), nullable=True)
        )
    note_who_was_told()
    op.create_index('ix_event_ends_at', 'event', ['ends_at'])
    op.create_index(
        'ix_event_called_off', 'event', ['ends_at'],
        sqlite_where=CALLED_OFF, postgresql_where=CALLED_OFF,
    )  # fmt: skip
    for name, where in (('ix_rsvp_not_asked', NOT_ASKED), ('ix_rsvp_not_told', NOT_TOLD)):
        op.create_index(
            name, 'rsvp', ['event_id', 'status'], sqlite_where=where, postgresql_where=where
        )


def downgrade():
    op.drop_index('ix_rsvp_not_told', 'rsvp')
    op.drop_index('ix_rsvp_not_asked', 'rsvp')
    op.drop_index('ix_event_called_off', 'event')
    op.drop_index('ix_event_ends_at', 'event')
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_column('called_off_mailed_at')
