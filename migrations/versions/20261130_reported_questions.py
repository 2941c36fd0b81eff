"""reports about a question on a talk

Revision ID: 0100
Revises: 0092
Create Date: 2026-11-30 09:25:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0100'
down_revision = '0092'
branch_labels = None
depends_on = None

BEFORE = {'subject': "subject IN ('event', 'person', 'impression', 'picture')"}
NOW = {
    'subject': "subject IN ('event', 'person', 'impression', 'picture', 'question')",
    'question': "question_id IS NULL OR subject = 'question'",
}


def check(old, new):
    with op.batch_alter_table('conduct_report', schema=None) as batch_op:
        for name in old:
            batch_op.drop_constraint(batch_op.f(f'ck_conduct_report_{name}'), type_='check')
    with op.batch_alter_table('conduct_report', schema=None) as batch_op:
        for name, condition in new.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_conduct_report_{name}'), condition)


def upgrade():
    with op.batch_alter_table('conduct_report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('question_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_conduct_report_question_id'), 'floor_question', ['question_id'], ['id'], ondelete='SET NULL')  # fmt: skip
    op.create_index(op.f('ix_conduct_report_question_id'), 'conduct_report', ['question_id'])
    check(BEFORE, NOW)


def downgrade():
    op.execute("DELETE FROM conduct_report WHERE subject = 'question'")
    check(NOW, BEFORE)
    op.drop_index(op.f('ix_conduct_report_question_id'), 'conduct_report')
    with op.batch_alter_table('conduct_report', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conduct_report_question_id'), type_='foreignkey')
        batch_op.drop_column('question_id')
