"""what guests report to the organisers, and their answers

Revision ID: 0061
Revises: 0050
Create Date: 2026-11-29 23:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0061'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('conduct_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('about_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('names_reporter', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("about_id IS NULL OR subject = 'person'", name=op.f('ck_conduct_report_about')),
    sa.CheckConstraint("subject IN ('event', 'person')", name=op.f('ck_conduct_report_subject')),
    sa.ForeignKeyConstraint(['about_id'], ['person.id'], name=op.f('fk_conduct_report_about_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_conduct_report_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['person.id'], name=op.f('fk_conduct_report_reporter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_report'))
    )  # fmt: skip
    for column in ('event_id', 'reporter_id', 'about_id'):
        op.create_index(op.f(f'ix_conduct_report_{column}'), 'conduct_report', [column])
    untold = sa.text('told_at IS NULL')
    op.create_index('ix_conduct_report_to_tell', 'conduct_report', ['created_at'], sqlite_where=untold, postgresql_where=untold)  # fmt: skip
    op.create_table('conduct_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['conduct_report.id'], name=op.f('fk_conduct_answer_report_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_answer'))
    )  # fmt: skip
    op.create_index(op.f('ix_conduct_answer_report_id'), 'conduct_answer', ['report_id'])


def downgrade():
    op.execute("DELETE FROM outbox_mail WHERE template LIKE 'conduct/mail/%'")
    op.drop_table('conduct_answer')
    op.drop_table('conduct_report')
