"""names found joined, by their end in Han, kana and Hangul, and in Latin letters

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-29 18:10:00.000000
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

PORTION = 1000  # guests
TWO_LETTERS = str.maketrans(
    {'ä': 'ae', 'ö': 'oe', 'ü': 'ue', 'å': 'aa', 'ø': 'oe', 'đ': 'dj'}
    | {'Ä': 'Ae', 'Ö': 'Oe', 'Ü': 'Ue', 'Å': 'Aa', 'Ø': 'Oe', 'Đ': 'Dj'}
)
UNSPACED = re.compile(
    '[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]'
)
SPOKEN = re.compile('[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]')
KOREAN = {'김': 'Kim', '이': 'Lee', '박': 'Park', '최': 'Choi', '정': 'Jung'}
KOREAN_SURNAME = re.compile(f'\\b[{"".join(KOREAN)}](?=[\uac00-\ud7a3 ])')

CHOSEN = sa.text(
    'SELECT id, event_id, name, name_key FROM rsvp WHERE id > :last ORDER BY id LIMIT :most'
)
NAME_WORD = sa.text(
    'INSERT INTO name_word (event_id, word, rsvp_id) VALUES (:event_id, :word, :rsvp_id)'
    ' ON CONFLICT DO NOTHING'
)
NEAR_WORD = sa.text(
    'INSERT INTO near_word (event_id, key, word) VALUES (:event_id, :key, :word)'
    ' ON CONFLICT DO NOTHING'
)


def upgrade():
    connection, last = op.get_bind(), 0
    while guests := connection.execute(CHOSEN, {'last': last, 'most': PORTION}).all():
        last = guests[-1].id
        words, near = [], []
        for guest in guests:
            other = other_spelling(guest.name, guest.name_key)
            ids = {'event_id': guest.event_id, 'rsvp_id': guest.id}
            found_by = {*parts(guest.name_key.split()), *parts(other)}
            words += [{**ids, 'word': word} for word in sorted(found_by)]
            near += [
                {'event_id': guest.event_id, 'key': key, 'word': word}
                for word in other
                for key in near_keys(word)
            ]
        if words:
            connection.execute(NAME_WORD, words)
        if near:
            connection.execute(NEAR_WORD, near)


def downgrade():
    """More words than were there find more, and go with their guest."""


def parts(words):
    yield from (' ' + ''.join(words[place:]) for place in range(len(words) - 1))
    for word in words:
        yield word
        yield from (word[found.start() :] for found in UNSPACED.finditer(word))
        if word.startswith('ال') and len(word) > 3:
            yield word[2:]


def other_spelling(name, folded):
    """The words of the name in Latin letters, where they are others; of emoji, what they are
    called.
    """
    if name.isascii():
        return []
    composed = unicodedata.normalize('NFC', name)
    spelled = composed.translate(TWO_LETTERS)
    if folded.isascii() and folded and spelled == composed:
        return []
    spelled = KOREAN_SURNAME.sub(lambda found: KOREAN[found[0]] + ' ', composed)
    spelled = SPOKEN.sub(lambda found: f' {found[0]} ', spelled.translate(TWO_LETTERS))
    latin = ''.join(
        char.lower() if char.isalnum() else '' if char in "'`" else ' '
        for char in anyascii(spelled)
    ).split()
    if folded:
        return [] if latin == folded.split() else latin
    emoji = ''.join(char for char in name if unicodedata.category(char) in ('So', 'Cn'))
    return [emoji, *latin] if emoji else latin


def near_keys(word):
    start = word[:6]
    return {start, *(start[:i] + start[i + 1 :] for i in range(len(start)))} if len(word) > 2 else ()
