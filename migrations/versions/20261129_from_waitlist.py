"""whether a guest has their place from the waitlist

Revision ID: 0078
Revises: 0073
Create Date: 2026-11-30 02:50:00.000000
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = '0078'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('rsvp', sa.Column('from_waitlist', sa.Boolean(), nullable=True))
    op.execute("UPDATE rsvp SET from_waitlist = false")
    with altered_rsvps() as batch_op:
        batch_op.alter_column('from_waitlist', existing_type=sa.Boolean(), nullable=False)


def downgrade():
    with altered_rsvps() as batch_op:
        batch_op.drop_column('from_waitlist')


@contextmanager
def altered_rsvps():
    """SQLite's copy of the table gives no id again that the table gave."""
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    sequence = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'rsvp'")
    last = op.get_bind().scalar(sequence) if is_sqlite else None
    once = {'sqlite_autoincrement': True}
    with op.batch_alter_table('rsvp', schema=None, table_kwargs=once) as batch_op:
        yield batch_op
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'rsvp'")
        op.execute(f"INSERT INTO sqlite_sequence VALUES ('rsvp', {last})")
