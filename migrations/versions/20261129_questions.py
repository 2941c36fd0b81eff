"""the questions on an event's RSVP form

Revision ID: 0027
Revises: 0026
Create Date: 2026-11-29 13:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.CheckConstraint(
        "kind IN ('short', 'long', 'one_of', 'any_of', 'yes_no')", name=op.f('ck_question_kind')
    ),
    sa.ForeignKeyConstraint(
        ['event_id'], ['event.id'], name=op.f('fk_question_event_id'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )  # fmt: skip
    op.create_index(op.f('ix_question_event_id'), 'question', ['event_id'])
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('question_count', sa.Integer(), nullable=True))
    op.execute("UPDATE event SET question_count = 0")
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.alter_column('question_count', existing_type=sa.Integer(), nullable=False)


def downgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('question_count')
    op.drop_index(op.f('ix_question_event_id'), table_name='question')
    op.drop_table('question')
