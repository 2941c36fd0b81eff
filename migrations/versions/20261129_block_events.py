"""at which event somebody was blocked

Revision ID: 0062
Revises: 0054
Create Date: 2026-11-30 01:05:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0062'
down_revision = '0054'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.add_column(sa.Column('event_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_block_event_id'), 'event', ['event_id'], ['id'], ondelete='SET NULL'
        )
        batch_op.create_index(batch_op.f('ix_block_event_id'), ['event_id'])


def downgrade():
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_event_id'))
        batch_op.drop_constraint(batch_op.f('fk_block_event_id'), type_='foreignkey')
        batch_op.drop_column('event_id')
