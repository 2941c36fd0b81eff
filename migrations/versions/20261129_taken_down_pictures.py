"""pictures that were taken down outlive who uploaded them

Revision ID: 0087
Revises: 0080
Create Date: 2026-11-30 16:05:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0087'
down_revision = '0080'
branch_labels = None
depends_on = None

OF_SOMEBODY = 'person_id IS NOT NULL OR taken_down_at IS NOT NULL'


def person(batch_op, *, nullable, ondelete):
    name = batch_op.f('fk_event_picture_person_id')
    batch_op.drop_constraint(name, type_='foreignkey')
    batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=nullable)
    batch_op.create_foreign_key(name, 'person', ['person_id'], ['id'], ondelete=ondelete)


def upgrade():
    with op.batch_alter_table('event_picture', schema=None) as batch_op:
        person(batch_op, nullable=True, ondelete='SET NULL')
        batch_op.create_check_constraint(batch_op.f('ck_event_picture_of_somebody'), OF_SOMEBODY)


def downgrade():
    op.execute('DELETE FROM event_picture WHERE person_id IS NULL')
    with op.batch_alter_table('event_picture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_event_picture_of_somebody'), type_='check')
        person(batch_op, nullable=False, ondelete='CASCADE')
