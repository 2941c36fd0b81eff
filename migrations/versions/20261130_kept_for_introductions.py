"""how long a community keeps introductions

Revision ID: 0099
Revises: 0098
Create Date: 2026-11-30 14:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0099'
down_revision = '0098'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.add_column(sa.Column('keep_introductions_months', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_community_keep_introductions_months'), 'keep_introductions_months > 0')  # fmt: skip


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_community_keep_introductions_months'), type_='check')
        batch_op.drop_column('keep_introductions_months')
