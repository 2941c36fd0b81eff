"""the feed of one's own events, and the parts of a name

Revision ID: 0043
Revises: 0040
Create Date: 2026-11-29 20:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0040'
branch_labels = None
depends_on = None

PARTS = ('given_name', 'family_name')


def upgrade():
    op.create_table(
        'personal_feed',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'],
            name='fk_personal_feed_person_id', ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('person_id', name='pk_personal_feed'),
        sa.UniqueConstraint('key', name='uq_personal_feed_key'),
    )  # fmt: skip
    for part in PARTS:
        op.add_column('card', sa.Column(part, sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('card', schema=None) as batch_op:
        for part in PARTS:
            batch_op.alter_column(part, server_default=None)


def downgrade():
    with op.batch_alter_table('card', schema=None) as batch_op:
        for part in reversed(PARTS):
            batch_op.drop_column(part)
    op.drop_table('personal_feed')
