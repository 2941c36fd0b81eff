"""reports about an impression or a picture

Revision ID: 0085
Revises: 0064
Create Date: 2026-11-30 04:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0085'
down_revision = '0064'
branch_labels = None
depends_on = None

KINDS = ('impression', 'picture')
BEFORE = {
    'subject': "subject IN ('event', 'person')",
    'about': "about_id IS NULL OR subject = 'person'",
}
NOW = {
    'subject': "subject IN ('event', 'person', 'impression', 'picture')",
    'about': "about_id IS NULL OR subject <> 'event'",
    'impression': "impression_id IS NULL OR subject = 'impression'",
    'picture': "picture_id IS NULL OR subject = 'picture'",
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
        for kind, table in zip(KINDS, ('impression', 'event_picture'), strict=True):
            batch_op.add_column(sa.Column(f'{kind}_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_conduct_report_{kind}_id'), table, [f'{kind}_id'], ['id'], ondelete='SET NULL')  # fmt: skip
    for kind in KINDS:
        op.create_index(op.f(f'ix_conduct_report_{kind}_id'), 'conduct_report', [f'{kind}_id'])
    check(BEFORE, NOW)


def downgrade():
    op.execute("DELETE FROM conduct_report WHERE subject IN ('impression', 'picture')")
    check(NOW, BEFORE)
    for kind in KINDS:
        op.drop_index(op.f(f'ix_conduct_report_{kind}_id'), 'conduct_report')
    with op.batch_alter_table('conduct_report', schema=None) as batch_op:
        for kind in KINDS:
            batch_op.drop_constraint(batch_op.f(f'fk_conduct_report_{kind}_id'), type_='foreignkey')
            batch_op.drop_column(f'{kind}_id')
