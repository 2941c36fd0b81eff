"""mails are leased, attempts counted, ends kept apart

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-28 19:00:00.000000
"""

import re
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

TRIES_MAX = 8  # after so many claims, a mail had been given up
WAITING = '(sent_at IS NULL AND failed_at IS NULL)'
CHECKS = {
    'failure': "failure IN ('refused', 'given_up')",
    'failed_at': '(failed_at IS NULL) = (failure IS NULL)',
    'one_end': 'sent_at IS NULL OR failed_at IS NULL',
    'leased_while_waiting': f'leased_until IS NULL OR {WAITING}',
}
RANDOM = {'sqlite': 'lower(hex(randomblob(16)))', 'postgresql': 'md5(random()::text || id::text)'}

# What the fact told by a mail says of the RSVP that it is about.
ABOUT = re.compile(r'^(?:ticket|morning-after|rsvp/mail/\w+):(\d+)')


def fill_in():
    connection = op.get_bind()
    host = urlsplit(current_app.config.get('BASE_URL') or '').hostname or 'localhost'
    connection.execute(
        sa.text(
            'UPDATE outbox_mail SET attempts = tries,'
            f" message_id = '<' || {RANDOM[connection.dialect.name]} || :at_host"
        ),
        {'at_host': f'@{host}>'},
    )
    op.execute(
        "UPDATE outbox_mail SET failed_at = send_after, failure = 'given_up'"
        f' WHERE sent_at IS NULL AND tries >= {TRIES_MAX}'
    )
    say_what_they_are_about(connection)


def say_what_they_are_about(connection):
    """By the fact that they tell, or else by the key in their link."""
    known = set(connection.execute(sa.text('SELECT id FROM rsvp')).scalars())
    by_key = dict(connection.execute(sa.text('SELECT key, id FROM rsvp')).all())
    mail = sa.table(
        'outbox_mail',
        sa.column('id'), sa.column('template'), sa.column('once'),
        sa.column('values', sa.JSON()), sa.column('about_id'),
    )  # fmt: skip
    rows = connection.execute(sa.select(mail).where(mail.c.template != 'met/mail/did_you_meet'))
    about = []
    for row in rows.all():
        told = ABOUT.match(row.once or '')
        key = (row.values or {}).get('url', '').rpartition('/r/')[2]
        rsvp_id = int(told[1]) if told else by_key.get(key)
        if rsvp_id in known:
            about.append({'mail_id': row.id, 'rsvp_id': rsvp_id})
    if about:
        connection.execute(
            sa.text('UPDATE outbox_mail SET about_id = :rsvp_id WHERE id = :mail_id'), about
        )


def upgrade():
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('message_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('failure', sa.String(), nullable=True))
    fill_in()
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_mail_sent_at_send_after')
        batch_op.drop_column('tries')
        batch_op.alter_column('message_id', existing_type=sa.String(), nullable=False)
        batch_op.alter_column('attempts', existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_outbox_mail_message_id'), ['message_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_outbox_mail_about_id'), 'rsvp', ['about_id'], ['id'], ondelete='CASCADE'
        )
        batch_op.create_index(batch_op.f('ix_outbox_mail_about_id'), ['about_id'])
        batch_op.create_index(
            'ix_outbox_mail_waiting', ['asked_for', 'send_after'],
            sqlite_where=sa.text(WAITING), postgresql_where=sa.text(WAITING),
        )  # fmt: skip
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_outbox_mail_{name}'), rule)


def downgrade():
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tries', sa.Integer(), nullable=True))
    op.execute('UPDATE outbox_mail SET tries = attempts')
    op.execute(f'UPDATE outbox_mail SET tries = {TRIES_MAX} WHERE failed_at IS NOT NULL')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f'ck_outbox_mail_{name}'), type_='check')
        batch_op.drop_index('ix_outbox_mail_waiting')
        batch_op.drop_index(batch_op.f('ix_outbox_mail_about_id'))
        batch_op.drop_constraint(batch_op.f('fk_outbox_mail_about_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_outbox_mail_message_id'), type_='unique')
        for name in ('failure', 'failed_at', 'attempts', 'leased_until', 'message_id', 'about_id'):
            batch_op.drop_column(name)
        batch_op.alter_column('tries', existing_type=sa.Integer(), nullable=False)
        batch_op.create_index('ix_outbox_mail_sent_at_send_after', ['sent_at', 'send_after'])
