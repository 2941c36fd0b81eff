"""lists that were handed in to be imported

Revision ID: 0033
Revises: 0037
Create Date: 2026-11-29 19:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0037'
branch_labels = None
depends_on = None

_NUMBERS = ('rows', 'done', 'added', 'updated', 'unchanged', 'waitlisted', 'arrived', 'skipped')


def upgrade():
    op.create_table('guest_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('meanings', sa.JSON(), nullable=False),
    sa.Column('encoding', sa.String(), nullable=False),
    sa.Column('shown', sa.JSON(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in _NUMBERS),
    sa.CheckConstraint('done BETWEEN 0 AND rows', name=op.f('ck_guest_import_done')),
    sa.CheckConstraint(
        'finished_at IS NULL OR confirmed_at IS NOT NULL', name=op.f('ck_guest_import_finished')
    ),
    sa.ForeignKeyConstraint(
        ['event_id'], ['event.id'], name=op.f('fk_guest_import_event_id'), ondelete='CASCADE'
    ),
    sa.ForeignKeyConstraint(
        ['by_id'], ['person.id'], name=op.f('fk_guest_import_by_id'), ondelete='SET NULL'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_import'))
    )  # fmt: skip
    op.create_index(op.f('ix_guest_import_event_id'), 'guest_import', ['event_id'])
    op.create_index(op.f('ix_guest_import_by_id'), 'guest_import', ['by_id'])
    op.create_index(
        'ix_guest_import_due_at',
        'guest_import',
        ['due_at'],
        sqlite_where=sa.text('due_at IS NOT NULL'),
        postgresql_where=sa.text('due_at IS NOT NULL'),
    )


def downgrade():
    op.drop_table('guest_import')
