"""codes in the addresses of tickets, found by the secret in them alone

Revision ID: 0077
Revises: 0076
Create Date: 2026-11-30 01:25:00.000000
"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0077'
down_revision = '0076'
branch_labels = None
depends_on = None

KEY = re.compile(r"(?:.*[?&])pk=([\w-]{6,})(?:[&#].*)?", re.IGNORECASE | re.ASCII)
CODES = sa.table(
    'ticket_code', *(sa.column(name) for name in ('key', 'caseless_key', 'event_id'))
)


def upgrade():
    """Of two guests with one secret, the second keeps what it has."""
    there = {(row.event_id, row.key) for row in op.get_bind().execute(sa.select(CODES))}
    for event_id, key in sorted(there):
        found = KEY.fullmatch(key)
        if found is None or (event_id, found.group(1)) in there:
            continue
        there.add((event_id, found.group(1)))
        is_it = CODES.c.event_id == event_id, CODES.c.key == key
        names = {'key': found.group(1), 'caseless_key': found.group(1).lower()}
        op.execute(sa.update(CODES).where(*is_it).values(names))


def downgrade():
    """The codes are kept as their lists have them; scans of whole addresses find none of these."""
