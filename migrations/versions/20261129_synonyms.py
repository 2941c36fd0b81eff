"""topics that mean the same, of a community

Revision ID: 0066
Revises: 0065
Create Date: 2026-11-30 02:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0066'
down_revision = '0065'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('community', sa.Column('synonyms', sa.String(), nullable=True))
    op.execute("UPDATE community SET synonyms = ''")
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.alter_column('synonyms', existing_type=sa.String(), nullable=False)


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.drop_column('synonyms')
