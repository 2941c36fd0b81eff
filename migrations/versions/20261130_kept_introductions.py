"""the figures of introductions, kept with those of an evening

Revision ID: 0094
Revises: 0091
Create Date: 2026-11-30 07:05:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0094'
down_revision = '0091'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('kept_figures', sa.Column('introductions', sa.JSON(), nullable=True))
    op.add_column('kept_figures', sa.Column('introduced', sa.JSON(), nullable=True))
    op.execute("UPDATE kept_figures SET introductions = '{}', introduced = '[]'")
    with op.batch_alter_table('kept_figures', schema=None) as batch_op:
        batch_op.alter_column('introductions', existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column('introduced', existing_type=sa.JSON(), nullable=False)


def downgrade():
    with op.batch_alter_table('kept_figures', schema=None) as batch_op:
        batch_op.drop_column('introduced')
        batch_op.drop_column('introductions')
