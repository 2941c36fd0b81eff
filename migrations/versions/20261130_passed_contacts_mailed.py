"""who is asked about their contact is mailed by the worker

Revision ID: 0098
Revises: 0094
Create Date: 2026-11-30 14:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0098'
down_revision = '0094'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('passed_contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE passed_contact SET mailed_at = created_at')
    to_mail = sa.text('mailed_at IS NULL')
    op.create_index('ix_passed_contact_to_mail', 'passed_contact', ['created_at'], sqlite_where=to_mail, postgresql_where=to_mail)  # fmt: skip


def downgrade():
    op.drop_index('ix_passed_contact_to_mail', table_name='passed_contact')
    with op.batch_alter_table('passed_contact', schema=None) as batch_op:
        batch_op.drop_column('mailed_at')
