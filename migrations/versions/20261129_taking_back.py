"""what was said of a list, and what an import did to each guest

Revision ID: 0040
Revises: 0041
Create Date: 2026-11-29 20:25:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('remembered_list',
    sa.Column('community_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('titles', sa.String(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(
        ['community_id'],
        ['community.id'],
        name=op.f('fk_remembered_list_community_id_community'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('community_id', 'titles', name=op.f('pk_remembered_list'))
    )  # fmt: skip


def downgrade():
    op.drop_table('remembered_list')
