"""who is asked to be introduced is mailed by the worker

Revision ID: 0091
Revises: 0087
Create Date: 2026-11-30 13:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0091'
down_revision = '0087'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE introduction SET mailed_at = created_at')
    to_mail = sa.text('mailed_at IS NULL')
    op.create_index('ix_introduction_to_mail', 'introduction', ['created_at'], sqlite_where=to_mail, postgresql_where=to_mail)  # fmt: skip


def downgrade():
    op.drop_index('ix_introduction_to_mail', table_name='introduction')
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.drop_column('mailed_at')
