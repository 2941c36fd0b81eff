"""ids of guests are given once

Revision ID: 0052
Revises: 0044
Create Date: 2026-11-29 23:30:00.000000
"""

from alembic import op

revision = '0052'
down_revision = '0044'
branch_labels = None
depends_on = None

FORGOTTEN = 'SELECT coalesce(max(gone_id), 0) FROM merged_guest'


def upgrade():
    if op.get_bind().dialect.name == 'sqlite':  # PostgreSQL's sequence never goes back
        _recreate(sqlite_autoincrement=True)
        op.execute(
            f"UPDATE sqlite_sequence SET seq = max(seq, ({FORGOTTEN})) WHERE name = 'rsvp'"  # noqa: S608
        )


def downgrade():
    if op.get_bind().dialect.name == 'sqlite':
        _recreate()


def _recreate(**options):
    with op.batch_alter_table('rsvp', recreate='always', table_kwargs=options):
        pass
