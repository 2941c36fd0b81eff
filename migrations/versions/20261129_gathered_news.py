"""when the other hears of an encounter

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-29 07:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BEFORE = ('ticket', 'called_off', 'still_maybe', 'morning_after', 'did_you_meet')
NOW = (*BEFORE, 'met_confirmed')


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def upgrade():
    # Whoever was noted before has been told: the mail went out at once.
    with op.batch_alter_table('encounter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tell_at', sa.DateTime(timezone=True), nullable=True))
    is_news = sa.text('tell_at IS NOT NULL')
    op.create_index(
        'ix_encounter_to_tell', 'encounter', ['tell_at'],
        sqlite_where=is_news, postgresql_where=is_news,
    )  # fmt: skip
    allow(NOW)


def downgrade():
    op.execute("DELETE FROM notice WHERE kind = 'met_confirmed'")
    allow(BEFORE)
    op.drop_index('ix_encounter_to_tell', table_name='encounter')
    with op.batch_alter_table('encounter', schema=None) as batch_op:
        batch_op.drop_column('tell_at')
