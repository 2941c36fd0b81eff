"""that the hosts said the tickets of a list are to be mailed, which the worker does

Revision ID: 0054
Revises: 0047
Create Date: 2026-11-29 23:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0047'
branch_labels = None
depends_on = None

ASKED = sa.text('tickets_asked_at IS NOT NULL')


def upgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('tickets_asked_at', sa.DateTime(timezone=True), nullable=True)
        )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(
            'ix_event_tickets_asked_at',
            ['tickets_asked_at'],
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        )


def downgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_tickets_asked_at')
        batch_op.drop_column('tickets_asked_at')
