"""an event's cover, in several sizes

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-29 07:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

FOCUS = (
    'top-left', 'top', 'top-right', 'left', 'centre', 'right', 'bottom-left', 'bottom',
    'bottom-right',
)


def upgrade():
    op.create_table(
        'cover',
        sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('alt', sa.String(), nullable=False),
        sa.Column('focus', sa.String(), nullable=False),
        sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f'focus IN {FOCUS}', name=op.f('ck_cover_focus')),
        sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_cover_size')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_cover_event_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_cover')),
    )
    op.create_table(
        'cover_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('format', sa.String(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("format IN ('webp', 'jpg')", name=op.f('ck_cover_file_format')),
        sa.ForeignKeyConstraint(['event_id'], ['cover.event_id'], name=op.f('fk_cover_file_event_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_file')),
        sa.UniqueConstraint('event_id', 'format', 'width', name=op.f('uq_cover_file_event_id_format_width')),
    )


def downgrade():
    op.drop_table('cover_file')
    op.drop_table('cover')
