"""hosts who agreed to be named, and a community's pages elsewhere

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-29 07:36:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.add_column(sa.Column('named_since', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.add_column(sa.Column('links', sa.String(), nullable=True))
    op.execute("UPDATE community SET links = ''")
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.alter_column('links', existing_type=sa.String(), nullable=False)


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.drop_column('links')
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.drop_column('named_since')
    op.execute("DELETE FROM outbox_mail WHERE template = 'events/mail/question'")
