"""who introduces whom, and who wants no introductions

Revision ID: 0063
Revises: 0074
Create Date: 2026-11-30 08:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0063'
down_revision = '0074'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('introductions_ended_at', sa.DateTime(timezone=True), nullable=True)
        )
    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('introducer_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('followed_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('withdrawn_at IS NULL OR joined_at IS NULL', name=op.f('ck_introduction_one_end')),
    sa.ForeignKeyConstraint(['introducer_id'], ['person.id'], name=op.f('fk_introduction_introducer_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction'))
    )  # fmt: skip
    op.create_index(op.f('ix_introduction_introducer_id'), 'introduction', ['introducer_id'])
    to_ask = sa.text('joined_at IS NOT NULL AND followed_up_at IS NULL')
    op.create_index('ix_introduction_to_follow_up', 'introduction', ['joined_at'], sqlite_where=to_ask, postgresql_where=to_ask)  # fmt: skip
    op.create_table('introduction_side',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('introduction_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_of_it', sa.String(), nullable=True),
    sa.Column('came_of_it_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("came_of_it IN ('useful', 'not_yet', 'no')", name=op.f('ck_introduction_side_came_of_it')),
    sa.CheckConstraint('accepted_at IS NULL OR declined_at IS NULL', name=op.f('ck_introduction_side_one_answer')),
    sa.CheckConstraint('accepted_at IS NULL OR asked_at IS NOT NULL', name=op.f('ck_introduction_side_asked')),
    sa.CheckConstraint('(came_of_it IS NULL) = (came_of_it_at IS NULL)', name=op.f('ck_introduction_side_came_of_it_at')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_introduction_side_introduction_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_introduction_side_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_introduction_side_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction_side')),
    sa.UniqueConstraint('introduction_id', 'person_id', name=op.f('uq_introduction_side_introduction_id_person_id')),
    sa.UniqueConstraint('key', name=op.f('uq_introduction_side_key'))
    )  # fmt: skip
    for column in ('person_id', 'event_id'):
        op.create_index(op.f(f'ix_introduction_side_{column}'), 'introduction_side', [column])


def downgrade():
    op.execute("DELETE FROM outbox_mail WHERE template LIKE 'introductions/mail/%'")
    op.drop_table('introduction_side')
    op.drop_table('introduction')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('introductions_ended_at')
