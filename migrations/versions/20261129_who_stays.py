"""who stays when an import is taken back: also whom a host merged or changed

Revision ID: 0044
Revises: 0048
Create Date: 2026-11-29 21:40:00.000000
"""

from alembic import op

revision = '0044'
down_revision = '0048'
branch_labels = None
depends_on = None

BEFORE = ('answered', 'came', 'met', 'told', 'later_list', 'no_room')


def upgrade():
    _may_be((*BEFORE, 'merged', 'edited'))


def downgrade():
    op.execute("DELETE FROM imported_guest WHERE stays IN ('merged', 'edited')")
    _may_be(BEFORE)


def _may_be(reasons):
    with op.batch_alter_table('imported_guest') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_imported_guest_stays'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_imported_guest_stays'), f'stays IN {reasons}'
        )
