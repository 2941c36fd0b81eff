"""requests to come that the organisers were not mailed of

Revision ID: 0029
Revises: 0028
Create Date: 2026-11-29 18:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

UNTOLD = sa.text('asked_at IS NOT NULL')


def upgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tells_of_requests', sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column('requests_told_at', sa.DateTime(timezone=True), nullable=True)
        )
    op.execute('UPDATE event SET tells_of_requests = true')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.alter_column('tells_of_requests', existing_type=sa.Boolean(), nullable=False)
    # Organisers are not mailed of those who wait already: they have seen their list.
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_rsvp_asked_at'), "asked_at IS NULL OR status = 'pending'"
        )
        batch_op.create_index(
            'ix_rsvp_asked_at',
            ['asked_at', 'event_id'],
            sqlite_where=UNTOLD,
            postgresql_where=UNTOLD,
        )


def downgrade():
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_index('ix_rsvp_asked_at')
        batch_op.drop_constraint(batch_op.f('ck_rsvp_asked_at'), type_='check')
        batch_op.drop_column('asked_at')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('requests_told_at')
        batch_op.drop_column('tells_of_requests')
    op.execute("DELETE FROM outbox_mail WHERE template = 'guests/mail/requests'")
