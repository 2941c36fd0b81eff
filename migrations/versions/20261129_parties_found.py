"""parties found by the name of a companion

Revision ID: 0048
Revises: 0046
Create Date: 2026-11-29 21:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0046'
branch_labels = None
depends_on = None

PARTIES = sa.text('companions > 0')


def upgrade():
    op.create_index(
        'ix_rsvp_with_companions',
        'rsvp',
        ['event_id'],
        sqlite_where=PARTIES,
        postgresql_where=PARTIES,
    )


def downgrade():
    op.drop_index('ix_rsvp_with_companions', table_name='rsvp')
