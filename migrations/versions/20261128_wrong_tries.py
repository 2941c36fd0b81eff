"""wrong PINs are counted as wrong letters are: by tablet, and by link

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-28 23:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def create_counts(name):
    """What they count is of an evening, and worth nothing the next: no row is kept."""
    op.create_table(name,
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('tries >= 0', name=op.f(f'ck_{name}_tries')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f(f'fk_{name}_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'source', name=op.f(f'pk_{name}'))
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f'ix_{name}_until'), ['until'], unique=False)


def upgrade():
    op.drop_table('wrong_pins')
    op.drop_table('wrong_letters')
    create_counts('wrong_tries')


def downgrade():
    op.drop_table('wrong_tries')
    create_counts('wrong_letters')
    op.create_table('wrong_pins',
    sa.Column('door_link_id', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_wrong_pins_tries')),
    sa.ForeignKeyConstraint(['door_link_id'], ['door_link.id'], name=op.f('fk_wrong_pins_door_link_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('door_link_id', name=op.f('pk_wrong_pins'))
    )
