"""the door, complete

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-25 02:41:28.183144
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

VERBS = ('admit', 'undo', 'deny', 'walk_in')
OUTCOMES = ('admitted', 'already', 'undone', 'needs_input', 'denied')

# Columns that every row needs, with what those that are there get.
NEEDED = {
    'door_link': {'role': (sa.String(), "'helper'")},
    'door_pass': {
        'user_agent': (sa.String(), "''"),
        'last_seen_at': (sa.DateTime(timezone=True), 'opened_at'),
    },
    'event': {
        'people_left': (sa.Integer(), '0'),
        'notes_leaving': (sa.Boolean(), 'false'),
        'door_answers': (sa.JSON(), "'[]'"),
    },
    'rsvp': {'name_key': (sa.String(), "''"), 'badge_tells': (sa.Boolean(), 'false')},
    'talk': {'speaker_key': (sa.String(), "''")},
}


# Letters that Unicode does not decompose, and apostrophes, which join what they stand between.
FOLDED = (
    str.maketrans('łøđðħıŋŧ', 'loddhint', "'’‘‛ʼʻʹ`´′＇")
    | str.maketrans({'æ': 'ae', 'œ': 'oe', 'þ': 'th'})
)


def fold(name):
    """The name as it is searched for: without case, accents, apostrophes and punctuation."""
    folded = name.translate(FOLDED)
    for _ in range(2):  # a case-folded letter may decompose once more
        folded = unicodedata.normalize('NFKD', folded).casefold().translate(FOLDED)
    return ' '.join(unicodedata.normalize('NFC', ''.join(map(searched, folded))).split())


def searched(char):
    category = unicodedata.category(char)
    is_accent = unicodedata.combining(char) not in (0, 7, 8, 9)
    if char.isalnum() or (category in ('Mn', 'Mc') and not is_accent and not is_selector(char)):
        return char
    return '' if category in ('Cf', 'Me') or is_accent or is_selector(char) else ' '


def is_selector(char):
    return '\ufe00' <= char <= '\ufe0f'


def near_keys(word):
    """What a mistyped word is found by: its first letters, and those without one of them."""
    start = word[:6]
    return {start, *(start[:i] + start[i + 1:] for i in range(len(start)))} if len(word) > 2 else ()


def add_needed_columns():
    for table, columns in NEEDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, (kind, _) in columns.items():
                batch_op.add_column(sa.Column(name, kind, nullable=True))
        values = ', '.join(f'{name} = {value}' for name, (_, value) in columns.items())
        op.execute(f'UPDATE {table} SET {values}')
    fold_names('rsvp', 'name', 'name_key')
    fold_names('talk', 'speaker', 'speaker_key')
    for table, columns in NEEDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, (kind, _) in columns.items():
                batch_op.alter_column(name, existing_type=kind, nullable=False)


def fold_names(table, column, key):
    connection = op.get_bind()
    rows = connection.execute(sa.text(f'SELECT id, {column} FROM {table}')).all()
    if rows:
        connection.execute(
            sa.text(f'UPDATE {table} SET {key} = :folded WHERE id = :id'),
            [{'id': row_id, 'folded': fold(name)} for row_id, name in rows],
        )


def index_near_words():
    connection = op.get_bind()
    words = connection.execute(sa.text('SELECT DISTINCT event_id, word FROM name_word')).all()
    rows = [
        {'event_id': event_id, 'key': key, 'word': word}
        for event_id, word in words
        for key in near_keys(word)
    ]
    if rows:
        near_word = sa.table('near_word', sa.column('event_id'), sa.column('key'), sa.column('word'))
        connection.execute(near_word.insert(), rows)


def change_door_log(verbs, outcomes):
    with op.batch_alter_table('door_log', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_door_log_verb'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_door_log_outcome'), type_='check')
    with op.batch_alter_table('door_log', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_door_log_verb'), f'verb IN {verbs}')
        batch_op.create_check_constraint(
            batch_op.f('ck_door_log_outcome'), f'outcome IN {outcomes}'
        )


def upgrade():
    op.create_table('check_out',
    sa.Column('check_in_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('door', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_in.id'], name=op.f('fk_check_out_check_in_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('check_in_id', name=op.f('pk_check_out'))
    )
    op.create_table('door_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('door_log_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(), nullable=True),
    sa.CheckConstraint("kind IN ('twice', 'cancelled', 'waitlisted', 'not_approved', 'too_early', 'too_late', 'full', 'unknown')", name=op.f('ck_door_conflict_kind')),
    sa.ForeignKeyConstraint(['door_log_id'], ['door_log.id'], name=op.f('fk_door_conflict_door_log_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_door_conflict_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_conflict')),
    sa.UniqueConstraint('door_log_id', name=op.f('uq_door_conflict_door_log_id'))
    )
    with op.batch_alter_table('door_conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_door_conflict_event_id'), ['event_id'], unique=False)

    op.create_table('wrong_letters',
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_wrong_letters_tries')),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_wrong_letters_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rsvp_id', name=op.f('pk_wrong_letters'))
    )
    op.create_table('wrong_pins',
    sa.Column('door_link_id', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_wrong_pins_tries')),
    sa.ForeignKeyConstraint(['door_link_id'], ['door_link.id'], name=op.f('fk_wrong_pins_door_link_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('door_link_id', name=op.f('pk_wrong_pins'))
    )
    op.create_table('near_word',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('word', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_near_word_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'key', 'word', name=op.f('pk_near_word')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opens_hours_before', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('closes_hours_after', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('pin_digest', sa.String(), nullable=True))

    with op.batch_alter_table('door_log', schema=None) as batch_op:
        batch_op.add_column(sa.Column('over_reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('phone_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('poster_secret', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('rehearsal_of_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_event_poster_secret'), ['poster_secret'])
        batch_op.create_unique_constraint(batch_op.f('uq_event_rehearsal_of_id'), ['rehearsal_of_id'])
        batch_op.create_foreign_key(batch_op.f('fk_event_rehearsal_of_id'), 'event', ['rehearsal_of_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hosts_since', sa.DateTime(timezone=True), nullable=True))

    add_needed_columns()
    index_near_words()
    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_door_link_role'), "role IN ('helper', 'lead', 'kiosk')"
        )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_event_people_left'), 'people_left BETWEEN 0 AND admitted'
        )
    change_door_log((*VERBS, 'leave'), (*OUTCOMES, 'left'))


def downgrade():
    # The log of who left says nothing without the verb.
    op.execute("DELETE FROM door_log WHERE verb = 'leave' OR outcome = 'left'")
    change_door_log(VERBS, OUTCOMES)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_event_people_left'), type_='check')
    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_door_link_role'), type_='check')
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_column('speaker_key')

    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_column('badge_tells')
        batch_op.drop_column('hosts_since')
        batch_op.drop_column('name_key')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_event_rehearsal_of_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_event_rehearsal_of_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_event_poster_secret'), type_='unique')
        batch_op.drop_column('rehearsal_of_id')
        batch_op.drop_column('poster_secret')
        batch_op.drop_column('door_answers')
        batch_op.drop_column('notes_leaving')
        batch_op.drop_column('people_left')

    with op.batch_alter_table('door_pass', schema=None) as batch_op:
        batch_op.drop_column('last_seen_at')
        batch_op.drop_column('user_agent')

    with op.batch_alter_table('door_log', schema=None) as batch_op:
        batch_op.drop_column('phone_at')
        batch_op.drop_column('over_reason')

    with op.batch_alter_table('door_link', schema=None) as batch_op:
        batch_op.drop_column('pin_digest')
        batch_op.drop_column('closes_hours_after')
        batch_op.drop_column('opens_hours_before')
        batch_op.drop_column('role')

    with op.batch_alter_table('door_conflict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_door_conflict_event_id'))

    op.drop_table('wrong_pins')
    op.drop_table('wrong_letters')
    op.drop_table('near_word')
    op.drop_table('door_conflict')
    op.drop_table('check_out')
