"""who follows a community by mail, and notices about events

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-29 08:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

KINDS = (
    'ticket', 'called_off', 'still_maybe', 'morning_after', 'did_you_meet', 'met_confirmed',
)  # fmt: skip
ABOUT = '(rsvp_id IS NULL) != (event_id IS NULL)'


def allow(kinds):
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_kind'), type_='check')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_notice_kind'), f'kind IN {kinds}')


def upgrade():
    op.create_table('follow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_follow_community_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_follow_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow')),
    sa.UniqueConstraint('community_id', 'person_id', name=op.f('uq_follow_community_id_person_id')),
    sa.UniqueConstraint('key', name=op.f('uq_follow_key'))
    )  # fmt: skip
    op.create_index(op.f('ix_follow_person_id'), 'follow', ['person_id'])
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('event_id', sa.Integer(), nullable=True))
        batch_op.alter_column('rsvp_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f('fk_notice_event_id'), 'event', ['event_id'], ['id'], ondelete='CASCADE'
        )
        batch_op.create_unique_constraint(
            batch_op.f('uq_notice_event_id_kind_person_id'), ['event_id', 'kind', 'person_id']
        )
        batch_op.create_check_constraint(batch_op.f('ck_notice_about'), ABOUT)
    allow((*KINDS, 'new_event'))


def downgrade():
    mails = "notice_id IN (SELECT id FROM notice WHERE event_id IS NOT NULL)"
    op.execute(f'DELETE FROM outbox_mail WHERE {mails}')
    op.execute('DELETE FROM notice WHERE event_id IS NOT NULL')
    allow(KINDS)
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_about'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_notice_event_id_kind_person_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_notice_event_id'), type_='foreignkey')
        batch_op.drop_column('event_id')
        batch_op.alter_column('rsvp_id', existing_type=sa.Integer(), nullable=False)
    op.drop_table('follow')
    op.execute("DELETE FROM outbox_mail WHERE template = 'follow/mail/confirm'")
