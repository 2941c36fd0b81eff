"""what a guest is looking for, beside what they offer and want to learn

Revision ID: 0065
Revises: 0077
Create Date: 2026-11-30 02:30:00.000000
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = '0065'
down_revision = '0077'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('rsvp', sa.Column('looking_for', sa.String(), nullable=True))
    op.execute("UPDATE rsvp SET looking_for = ''")
    with altered_rsvps() as batch_op:
        batch_op.alter_column('looking_for', existing_type=sa.String(), nullable=False)


def downgrade():
    with altered_rsvps() as batch_op:
        batch_op.drop_column('looking_for')


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
