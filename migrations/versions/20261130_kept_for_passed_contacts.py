"""how long a community keeps contacts passed on, a month where it has said nothing

Revision ID: 0105
Revises: 0100
Create Date: 2026-11-30 15:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0105'
down_revision = '0100'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.add_column(sa.Column('keep_passed_months', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_community_keep_passed_months'), 'keep_passed_months > 0')  # fmt: skip
    op.execute('UPDATE community SET keep_passed_months = 1')


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_community_keep_passed_months'), type_='check')
        batch_op.drop_column('keep_passed_months')
