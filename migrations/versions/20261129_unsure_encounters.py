"""whom somebody noted, once hosts say that it is another guest

Revision ID: 0047
Revises: 0061
Create Date: 2026-11-29 23:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0061'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('encounter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unsure_since', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    # Older code would tell the one met, and share cards.
    op.execute('DELETE FROM encounter WHERE unsure_since IS NOT NULL')
    with op.batch_alter_table('encounter', schema=None) as batch_op:
        batch_op.drop_column('unsure_since')
