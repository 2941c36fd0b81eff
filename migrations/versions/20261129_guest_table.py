"""indexes of the organisers' guest list

Revision ID: 0036
Revises: 0035
Create Date: 2026-11-29 20:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

FAILED = sa.text('failed_at IS NOT NULL')
LISTED, REMOVED = sa.text('removed_at IS NULL'), sa.text('removed_at IS NOT NULL')
INDEXES = {
    'ix_rsvp_listed': (LISTED, ['event_id', 'status', 'waitlisted_at', 'person_id', 'removed_at']),
    'ix_rsvp_listed_by_name': (LISTED, ['event_id', 'name_key', 'status', 'removed_at']),
    'ix_rsvp_listed_by_answer': (LISTED, ['event_id', 'created_at', 'status', 'removed_at']),
    'ix_rsvp_removed': (REMOVED, ['event_id']),
}


def upgrade():
    for name, (which, columns) in INDEXES.items():
        op.create_index(name, 'rsvp', columns, sqlite_where=which, postgresql_where=which)
    op.create_index(
        'ix_outbox_mail_failed',
        'outbox_mail',
        ['about_id'],
        sqlite_where=FAILED,
        postgresql_where=FAILED,
    )


def downgrade():
    op.drop_index('ix_outbox_mail_failed', table_name='outbox_mail')
    for name in INDEXES:
        op.drop_index(name, table_name='rsvp')
