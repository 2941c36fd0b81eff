"""events that ask for approval, and what is told to who is going alone

Revision ID: 0026
Revises: 0025
Create Date: 2026-11-29 13:15:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

TEXTS = ('exact_address', 'private_link')
DECISIONS = ('approved_at', 'declined_at')


def upgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_approval', sa.Boolean(), nullable=True))
    op.execute('UPDATE event SET needs_approval = false')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.alter_column('needs_approval', existing_type=sa.Boolean(), nullable=False)
    for table in ('event', 'event_change'):
        add_texts(table)
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        for name in DECISIONS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_rsvp_decided'), 'approved_at IS NULL OR declined_at IS NULL'
        )


def add_texts(table):
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
    op.execute(f"UPDATE {table} SET exact_address = '', private_link = ''")
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in TEXTS:
            batch_op.alter_column(name, existing_type=sa.String(), nullable=False)


def downgrade():
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rsvp_decided'), type_='check')
        for name in DECISIONS:
            batch_op.drop_column(name)
    for table in ('event_change', 'event'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in TEXTS:
                batch_op.drop_column(name)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('needs_approval')
    told = "('rsvp/mail/approved', 'rsvp/mail/declined')"
    op.execute(f'DELETE FROM outbox_mail WHERE template IN {told}')
