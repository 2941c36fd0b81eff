"""how long a community keeps impressions and pictures

Revision ID: 0086
Revises: 0067
Create Date: 2026-11-30 05:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0086'
down_revision = '0067'
branch_labels = None
depends_on = None

KINDS = ('impressions', 'pictures')


def upgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        for kind in KINDS:
            batch_op.add_column(sa.Column(f'keep_{kind}_months', sa.Integer(), nullable=True))
            batch_op.create_check_constraint(batch_op.f(f'ck_community_keep_{kind}_months'), f'keep_{kind}_months > 0')  # fmt: skip


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        for kind in KINDS:
            batch_op.drop_constraint(batch_op.f(f'ck_community_keep_{kind}_months'), type_='check')
            batch_op.drop_column(f'keep_{kind}_months')
