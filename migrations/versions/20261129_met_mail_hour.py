"""when guests are mailed whom they met

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-29 07:10:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.add_column(sa.Column('met_mail_hour', sa.Integer(), nullable=True))
    op.execute('UPDATE community SET met_mail_hour = 10')
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_community_met_mail_hour'), 'met_mail_hour BETWEEN 6 AND 22'
        )


def downgrade():
    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_community_met_mail_hour'), type_='check')
        batch_op.drop_column('met_mail_hour')
