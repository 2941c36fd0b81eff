"""words of names found by how they sound

Revision ID: 0039
Revises: 0034
Create Date: 2026-11-29 20:30:00.000000
"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0034'
branch_labels = None
depends_on = None

PORTION = 1000  # words
SOUNDS = (
    ('tch|tx|ch', 'C'),
    ('ph', 'f'),
    ('qu(?=[ei])', 'k'),
    ('c(?=[eiy])|z', 's'),
    ('ck|[cq]', 'k'),
    ('[vw]', 'b'),
    ('g(?=[eiy])|^x', 'j'),
    ('ll|y', 'i'),
    ('h', ''),
)
WORDS = sa.text('SELECT DISTINCT event_id, word FROM near_word')
NEAR_WORD = sa.text(
    'INSERT INTO near_word (event_id, key, word) VALUES (:event_id, :key, :word)'
    ' ON CONFLICT DO NOTHING'
)


def upgrade():
    connection = op.get_bind()
    rows = [
        {'event_id': event_id, 'word': word, 'key': '~' + said[:6]}
        for event_id, word in connection.execute(WORDS).all()
        if len(said := sound(word)) > 2
    ]
    for start in range(0, len(rows), PORTION):
        connection.execute(NEAR_WORD, rows[start : start + PORTION])


def downgrade():
    op.execute("DELETE FROM near_word WHERE key LIKE '~%'")


def sound(word):
    if not word.isascii():
        return ''
    for letters, said in SOUNDS:
        word = re.sub(letters, said, word)
    return re.sub(r'(.)\1+', r'\1', word)
