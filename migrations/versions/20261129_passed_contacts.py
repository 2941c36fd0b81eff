"""contacts passed on to somebody outside

Revision ID: 0080
Revises: 0086
Create Date: 2026-11-30 12:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0080'
down_revision = '0086'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('passed_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('passer_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('to_name', sa.String(), nullable=False),
    sa.Column('to_line', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('passer_id <> person_id', name=op.f('ck_passed_contact_not_oneself')),
    sa.CheckConstraint('accepted_at IS NULL OR declined_at IS NULL', name=op.f('ck_passed_contact_one_answer')),
    sa.CheckConstraint('accepted_at IS NULL OR asked_at IS NOT NULL', name=op.f('ck_passed_contact_asked')),
    sa.ForeignKeyConstraint(['passer_id'], ['person.id'], name=op.f('fk_passed_contact_passer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_passed_contact_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_passed_contact_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passed_contact')),
    sa.UniqueConstraint('key', name=op.f('uq_passed_contact_key')),
    sa.UniqueConstraint('link', name=op.f('uq_passed_contact_link'))
    )  # fmt: skip
    for column in ('passer_id', 'person_id', 'event_id'):
        op.create_index(op.f(f'ix_passed_contact_{column}'), 'passed_contact', [column])


def downgrade():
    op.execute("DELETE FROM outbox_mail WHERE template LIKE 'introductions/mail/pass%'")
    op.drop_table('passed_contact')
