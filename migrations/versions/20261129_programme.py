"""when a talk starts, and a line about its speaker

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-29 07:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.add_column(sa.Column('speaker_about', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('minutes_in', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_talk_minutes_in'), 'minutes_in >= 0')
    op.execute("UPDATE talk SET speaker_about = ''")
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.alter_column('speaker_about', existing_type=sa.String(), nullable=False)


def downgrade():
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_talk_minutes_in'), type_='check')
        batch_op.drop_column('minutes_in')
        batch_op.drop_column('speaker_about')
