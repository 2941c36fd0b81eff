"""the logo of a community, and the picture of an organiser

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-29 13:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    for table, owner in (('logo', 'community'), ('portrait', 'organiser')):
        key = f'{owner}_id'
        op.create_table(
            table,
            sa.Column(key, sa.Integer(), autoincrement=False, nullable=False),
            sa.Column('digest', sa.String(), nullable=False),
            sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
            sa.Column('small_webp', sa.LargeBinary(), nullable=False),
            sa.Column('large_webp', sa.LargeBinary(), nullable=False),
            sa.Column('large_jpeg', sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(
                [key], [f'{owner}.id'], name=op.f(f'fk_{table}_{key}'), ondelete='CASCADE'
            ),
            sa.PrimaryKeyConstraint(key, name=op.f(f'pk_{table}')),
        )


def downgrade():
    op.drop_table('portrait')
    op.drop_table('logo')
    op.execute("DELETE FROM outbox_mail WHERE template = 'met/mail/scanned'")  # newer than this
