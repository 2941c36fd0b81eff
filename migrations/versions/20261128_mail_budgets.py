"""mails are counted by kind and mailbox

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-28 20:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('budget', sa.String(), nullable=True))
        batch_op.create_index(
            'ix_outbox_mail_budget_created_at', ['budget', 'created_at'], unique=False
        )
    with op.batch_alter_table('mailed_code', schema=None) as batch_op:
        batch_op.add_column(sa.Column('made_rsvp', sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column('mail_waits_until', sa.DateTime(timezone=True), nullable=True)
        )
    op.execute('UPDATE mailed_code SET made_rsvp = false')
    with op.batch_alter_table('mailed_code', schema=None) as batch_op:
        batch_op.alter_column('made_rsvp', existing_type=sa.Boolean(), nullable=False)


def downgrade():
    with op.batch_alter_table('mailed_code', schema=None) as batch_op:
        batch_op.drop_column('mail_waits_until')
        batch_op.drop_column('made_rsvp')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_mail_budget_created_at')
        batch_op.drop_column('budget')
