"""a vote that was taken back after hosts closed the questions stays counted

Revision ID: 0107
Revises: 0101
Create Date: 2026-11-30 10:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0107'
down_revision = '0101'
branch_labels = None
depends_on = None

COUNTED = """
UPDATE floor_question SET counted = (
    SELECT count(*) FROM floor_vote WHERE floor_vote.question_id = floor_question.id
) WHERE event_id IN (SELECT event_id FROM floor WHERE closed_at IS NOT NULL)
"""


def upgrade():
    op.add_column('floor_question', sa.Column('counted', sa.Integer(), nullable=True))
    op.execute(COUNTED)


def downgrade():
    op.drop_column('floor_question', 'counted')
