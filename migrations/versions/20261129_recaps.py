"""the recap of an event, and the impressions that it quotes

Revision ID: 0074
Revises: 0069
Create Date: 2026-11-30 03:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0074'
down_revision = '0069'
branch_labels = None
depends_on = None

KINDS = ('ticket', 'called_off', 'still_maybe', 'day_before', 'hours_before', 'changed',
         'morning_after', 'did_you_meet', 'met_confirmed', 'follow_up', 'message', 'new_event')  # fmt: skip


def upgrade():
    op.create_table('recap',
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('shows_numbers', sa.Boolean(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mail_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_recap_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_recap'))
    )  # fmt: skip
    asked = sa.text('mail_asked_at IS NOT NULL')
    op.create_index('ix_recap_mail_asked_at', 'recap', ['mail_asked_at'], sqlite_where=asked, postgresql_where=asked)  # fmt: skip
    op.create_table('quote',
    sa.Column('impression_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('allowed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('allowed_at IS NULL OR refused_at IS NULL', name=op.f('ck_quote_one_answer')),
    sa.ForeignKeyConstraint(['impression_id'], ['impression.id'], name=op.f('fk_quote_impression_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('impression_id', name=op.f('pk_quote'))
    )  # fmt: skip
    untold = sa.text('told_at IS NULL')
    op.create_index('ix_quote_to_ask', 'quote', ['asked_at'], sqlite_where=untold, postgresql_where=untold)  # fmt: skip
    _check_kinds(*KINDS, 'recap')


def downgrade():
    op.execute("DELETE FROM outbox_mail WHERE template LIKE 'impressions/mail/%'")
    op.execute("DELETE FROM notice WHERE kind = 'recap'")
    _check_kinds(*KINDS)
    op.drop_table('quote')
    op.drop_table('recap')


def _check_kinds(*kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')
