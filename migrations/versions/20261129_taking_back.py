"""what was said of a list, and what an import did to each guest

Revision ID: 0040
Revises: 0042
Create Date: 2026-11-29 20:25:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('remembered_list',
    sa.Column('community_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('titles', sa.String(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(
        ['community_id'],
        ['community.id'],
        name=op.f('fk_remembered_list_community_id'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('community_id', 'titles', name=op.f('pk_remembered_list'))
    )  # fmt: skip
    op.create_table('imported_guest',
    sa.Column('import_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rsvp_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('stays', sa.String(), nullable=True),
    sa.CheckConstraint(
        "stays IN ('answered', 'came', 'met', 'told', 'later_list', 'no_room')",
        name=op.f('ck_imported_guest_stays'),
    ),
    sa.ForeignKeyConstraint(
        ['import_id'],
        ['guest_import.id'],
        name=op.f('fk_imported_guest_import_id'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(
        ['rsvp_id'],
        ['rsvp.id'],
        name=op.f('fk_imported_guest_rsvp_id'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('import_id', 'rsvp_id', name=op.f('pk_imported_guest'))
    )  # fmt: skip
    op.create_index(op.f('ix_imported_guest_rsvp_id'), 'imported_guest', ['rsvp_id'])
    with op.batch_alter_table('guest_import') as batch_op:
        batch_op.add_column(sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f('ck_guest_import_taken_back'), 'taken_back_at IS NULL OR finished_at IS NOT NULL'
        )


def downgrade():
    with op.batch_alter_table('guest_import') as batch_op:
        batch_op.drop_constraint(op.f('ck_guest_import_taken_back'), type_='check')
        batch_op.drop_column('taken_back_at')
    op.drop_table('imported_guest')
    op.drop_table('remembered_list')
