"""reminders, and notices of what is told more than once

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-29 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

KINDS = (
    'ticket', 'called_off', 'still_maybe', 'morning_after', 'did_you_meet', 'met_confirmed',
    'new_event',
)  # fmt: skip
REMINDERS = ('day_before', 'hours_before')
ONCE = ['rsvp_id', 'kind', 'person_id']


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def tell_once(old, new):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_notice_' + '_'.join(old)), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_notice_' + '_'.join(new)), new)


def upgrade():
    # Events that are there send none until their organisers say so: nobody has seen the two ticks.
    with op.batch_alter_table('event', schema=None) as batch_op:
        for kind in REMINDERS:
            batch_op.add_column(sa.Column(f'reminds_{kind}', sa.Boolean(), nullable=True))
    op.execute('UPDATE event SET reminds_day_before = false, reminds_hours_before = false')
    with op.batch_alter_table('event', schema=None) as batch_op:
        for kind in REMINDERS:
            batch_op.alter_column(f'reminds_{kind}', existing_type=sa.Boolean(), nullable=False)
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('which', sa.String(), nullable=True))
    op.execute("UPDATE notice SET which = ''")
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.alter_column('which', existing_type=sa.String(), nullable=False)
    tell_once(ONCE, [*ONCE, 'which'])
    allow((*KINDS, *REMINDERS))


def downgrade():
    told = f'SELECT id FROM notice WHERE kind IN {REMINDERS}'
    op.execute(f'DELETE FROM outbox_mail WHERE notice_id IN ({told})')
    op.execute(f'DELETE FROM notice WHERE kind IN {REMINDERS}')
    allow(KINDS)
    tell_once([*ONCE, 'which'], ONCE)
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_column('which')
    with op.batch_alter_table('event', schema=None) as batch_op:
        for kind in REMINDERS:
            batch_op.drop_column(f'reminds_{kind}')
