"""who may be suggested, to somebody who met them and another, as worth introducing

Revision ID: 0064
Revises: 0079
Create Date: 2026-11-30 09:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0064'
down_revision = '0079'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('introducible_since', sa.DateTime(timezone=True), nullable=True)
        )


def downgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('introducible_since')
