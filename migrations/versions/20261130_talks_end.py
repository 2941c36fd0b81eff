"""when a talk ends

Revision ID: 0101
Revises: 0106
Create Date: 2026-11-30 09:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0101'
down_revision = '0106'
branch_labels = None
depends_on = None

AFTER_ITS_START = 'ends_minutes_in IS NULL OR (minutes_in IS NOT NULL AND ends_minutes_in > minutes_in)'


def upgrade():
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ends_minutes_in', sa.Integer(), nullable=True))
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_talk_ends_minutes_in'), AFTER_ITS_START)


def downgrade():
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_talk_ends_minutes_in'), type_='check')
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_column('ends_minutes_in')
