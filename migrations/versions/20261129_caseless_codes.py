"""tickets and codes of other tools, found whatever the case of their letters

Revision ID: 0053
Revises: 0052
Create Date: 2026-11-29 23:40:00.000000
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('rsvp', sa.Column('caseless_ticket', sa.String(), nullable=True))
    op.execute(f'UPDATE rsvp SET caseless_ticket = {caseless("ticket")}')
    with altered_rsvps() as batch_op:
        batch_op.alter_column('caseless_ticket', existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f('uq_rsvp_caseless_ticket'), ['caseless_ticket']
        )
    create_anew(sa.Column('caseless_key', sa.String(), nullable=False))
    op.create_index('ix_ticket_code_caseless_key', 'ticket_code', ['caseless_key'])


def downgrade():
    create_anew()
    with altered_rsvps() as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_rsvp_caseless_ticket'), type_='unique')
        batch_op.drop_column('caseless_ticket')


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


def caseless(column):
    """Of a Turkish database, `lower('I')` is another letter."""
    is_postgresql = op.get_bind().dialect.name == 'postgresql'
    return f'lower({column} COLLATE "C")' if is_postgresql else f'lower({column})'


def create_anew(*more):
    """Make the table of codes again: SQLite cannot alter it, and Alembic's copy of it would have
    row ids.
    """
    op.execute('CREATE TEMPORARY TABLE kept_code AS SELECT * FROM ticket_code')
    op.drop_table('ticket_code')
    op.create_table('ticket_code',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    *more,
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_ticket_code_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_ticket_code_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', 'event_id', name=op.f('pk_ticket_code')),
    sqlite_with_rowid=False
    )  # fmt: skip
    op.create_index('ix_ticket_code_event_id', 'ticket_code', ['event_id'])
    op.create_index('ix_ticket_code_rsvp_id', 'ticket_code', ['rsvp_id'])
    columns = 'key, event_id, rsvp_id, code'
    added = f', {caseless("key")}' if more else ''
    into = f'{columns}, caseless_key' if more else columns
    op.execute(f'INSERT INTO ticket_code ({into}) SELECT {columns}{added} FROM kept_code')
    op.execute('DROP TABLE kept_code')
