"""what was told to whom is a row

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-28 23:20:00.000000
"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

KINDS = {  # by the word that the fact began with, before the number of the RSVP
    'ticket': 'ticket',
    'rsvp/mail/called_off': 'called_off',
    'morning-after': 'morning_after',
    'met': 'did_you_meet',
}
FACT = re.compile(rf'({"|".join(KINDS)}):(\d+)')
MAIL = sa.table(
    'outbox_mail',
    sa.column('id'), sa.column('to_key'), sa.column('once'), sa.column('notice_id'),
    sa.column('created_at', sa.DateTime(timezone=True)), sa.column('values', sa.JSON()),
)  # fmt: skip
NOTICE = sa.table(
    'notice',
    sa.column('id'), sa.column('kind'), sa.column('person_id'), sa.column('rsvp_id'),
    sa.column('at', sa.DateTime(timezone=True)),
)  # fmt: skip


def note_what_was_told(connection):
    """Of each mail that told a fact once, to whom it went."""
    people = dict(connection.execute(sa.text('SELECT email_key, id FROM person')).all())
    rsvps = set(connection.execute(sa.text('SELECT id FROM rsvp')).scalars())
    mails = {}
    for mail in connection.execute(sa.select(MAIL).where(MAIL.c.once.is_not(None))).all():
        if (fact := FACT.match(mail.once)) and int(fact[2]) in rsvps and mail.to_key in people:
            mails[KINDS[fact[1]], people[mail.to_key], int(fact[2])] = mail
    if not mails:
        return
    names = ('kind', 'person_id', 'rsvp_id')
    rows = [dict(zip(names, key, strict=True), at=mail.created_at) for key, mail in mails.items()]
    connection.execute(sa.insert(NOTICE), rows)
    notices = connection.execute(sa.select(NOTICE)).all()
    connection.execute(
        sa.text('UPDATE outbox_mail SET notice_id = :notice_id WHERE id = :mail_id'),
        [
            {'notice_id': one.id, 'mail_id': mails[one.kind, one.person_id, one.rsvp_id].id}
            for one in notices
        ],
    )


def say_of_which_community(connection):
    """A mail to a new organiser that waits is judged by its values."""
    mails = sa.select(MAIL).where(MAIL.c.once.like('organiser:%'))
    for mail in connection.execute(mails).all():
        if mail.values:
            values = {**mail.values, 'community_id': int(mail.once.split(':')[1])}
            connection.execute(sa.update(MAIL).where(MAIL.c.id == mail.id).values(values=values))


def upgrade():
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('rsvp_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(f'kind IN {tuple(KINDS.values())}', name=op.f('ck_notice_kind')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rsvp_id'], ['rsvp.id'], name=op.f('fk_notice_rsvp_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('rsvp_id', 'kind', 'person_id', name=op.f('uq_notice_rsvp_id_kind_person_id'))
    )  # fmt: skip
    op.create_index(op.f('ix_notice_person_id'), 'notice', ['person_id'])
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('notice_id', sa.Integer(), nullable=True))
    connection = op.get_bind()
    note_what_was_told(connection)
    say_of_which_community(connection)
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_outbox_mail_once'), type_='unique')
        batch_op.drop_column('once')
        batch_op.create_unique_constraint(batch_op.f('uq_outbox_mail_notice_id'), ['notice_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_outbox_mail_notice_id'), 'notice', ['notice_id'], ['id'],
            ondelete='CASCADE',
        )  # fmt: skip


def downgrade():
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('once', sa.String(), nullable=True))
    connection = op.get_bind()
    told = sa.text(
        """
        SELECT notice.id, notice.kind, notice.rsvp_id, notice.person_id, met.id AS met_id
        FROM notice JOIN rsvp ON rsvp.id = notice.rsvp_id
        LEFT JOIN rsvp AS met ON met.event_id = rsvp.event_id AND met.person_id = notice.person_id
        """
    )
    words = {kind: word for word, kind in KINDS.items()}
    for notice in connection.execute(told).all():
        whom = {'ticket': f':{notice.person_id}', 'did_you_meet': f':{notice.met_id}'}
        once = f'{words[notice.kind]}:{notice.rsvp_id}{whom.get(notice.kind, "")}'
        connection.execute(sa.update(MAIL).where(MAIL.c.notice_id == notice.id).values(once=once))
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outbox_mail_notice_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_outbox_mail_notice_id'), type_='unique')
        batch_op.drop_column('notice_id')
        batch_op.create_unique_constraint(batch_op.f('uq_outbox_mail_once'), ['once'])
    op.drop_table('notice')
