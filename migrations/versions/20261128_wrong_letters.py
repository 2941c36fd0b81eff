"""wrong letters are counted by who types them, not by guest

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-28 18:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table('wrong_letters')  # counts of an evening, worth nothing the next
    op.create_table('wrong_letters',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_wrong_letters_tries')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_wrong_letters_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'source', name=op.f('pk_wrong_letters'))
    )
    with op.batch_alter_table('wrong_letters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wrong_letters_until'), ['until'], unique=False)


def downgrade():
    op.drop_table('wrong_letters')
    op.create_table('wrong_letters',
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_wrong_letters_tries')),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_wrong_letters_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rsvp_id', name=op.f('pk_wrong_letters'))
    )
