"""guests by hand: companions by name, removal, changes to undo

Revision ID: 0037
Revises: 0039
Create Date: 2026-11-29 20:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('companion_names', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE rsvp SET companion_names = '[]'")
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.alter_column('companion_names', existing_type=sa.JSON(), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f('ck_rsvp_removed_at'), "removed_at IS NULL OR status = 'cancelled'"
        )
    op.create_table('guest_change',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_guest_change_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_guest_change_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_guest_change'))
    )  # fmt: skip
    op.create_index('ix_guest_change_rsvp_id', 'guest_change', ['rsvp_id'])


def downgrade():
    op.drop_table('guest_change')
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rsvp_removed_at'), type_='check')
        batch_op.drop_column('removed_at')
        batch_op.drop_column('companion_names')
