"""pictures of an event

Revision ID: 0075
Revises: 0063
Create Date: 2026-11-30 03:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0075'
down_revision = '0063'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('event_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('alt', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_down_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_event_picture_size')),
    sa.CheckConstraint("taken_down_at IS NULL OR (shown_at IS NULL AND alt = '')", name=op.f('ck_event_picture_taken_down')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_picture_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_event_picture_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_picture')),
    sa.UniqueConstraint('event_id', 'digest', name=op.f('uq_event_picture_event_id_digest'))
    )  # fmt: skip
    op.create_index(op.f('ix_event_picture_person_id'), 'event_picture', ['person_id'])
    op.create_table('event_picture_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('picture_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("format IN ('webp', 'jpg')", name=op.f('ck_event_picture_file_format')),
    sa.ForeignKeyConstraint(['picture_id'], ['event_picture.id'], name=op.f('fk_event_picture_file_picture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_picture_file')),
    sa.UniqueConstraint('picture_id', 'format', 'width', name=op.f('uq_event_picture_file_picture_id_format_width'))
    )  # fmt: skip


def downgrade():
    op.drop_table('event_picture_file')
    op.drop_table('event_picture')
