"""when an event was last changed

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-29 08:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
    # What was changed before is not known: the latest that is.
    op.execute('UPDATE event SET changed_at = coalesce(called_off_at, published_at, created_at)')


def downgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('changed_at')
