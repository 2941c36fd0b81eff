"""the network of an evening, kept with its figures

Revision ID: 0079
Revises: 0075
Create Date: 2026-11-30 03:15:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0079'
down_revision = '0075'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('kept_figures', sa.Column('network', sa.JSON(), nullable=True))
    op.execute("UPDATE kept_figures SET network = '[]'")
    with op.batch_alter_table('kept_figures', schema=None) as batch_op:
        batch_op.alter_column('network', existing_type=sa.JSON(), nullable=False)


def downgrade():
    with op.batch_alter_table('kept_figures', schema=None) as batch_op:
        batch_op.drop_column('network')
