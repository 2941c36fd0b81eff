"""the log of a community says what anybody did, whoever it was

Revision ID: 0106
Revises: 0105
Create Date: 2026-11-30 15:40:00.000000
"""

from alembic import op

revision = '0106'
down_revision = '0105'
branch_labels = None
depends_on = None


def upgrade():
    allow("('person', 'command_line', 'anybody')")


def downgrade():
    op.execute("DELETE FROM audit_entry WHERE actor = 'anybody'")
    allow("('person', 'command_line')")


def allow(actors):
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_audit_entry_actor'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_audit_entry_actor'), f'actor IN {actors}')
