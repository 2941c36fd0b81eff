"""parties as big as lists bring them

Revision ID: 0031
Revises: 0030
Create Date: 2026-11-29 19:30:00.000000
"""

from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

MOST, MOST_BEFORE = 499, 20


def allow(most):
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rsvp_companions'), type_='check')
    with op.batch_alter_table('rsvp', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_rsvp_companions'), f'companions BETWEEN 0 AND {most}'
        )


def upgrade():
    allow(MOST)


def downgrade():
    # The event's count of its seats is of whole parties.
    op.execute(
        f"UPDATE event SET seats_taken = seats_taken - ("
        f"SELECT coalesce(sum(rsvp.companions - {MOST_BEFORE}), 0) FROM rsvp "
        f"WHERE rsvp.event_id = event.id AND rsvp.status = 'going' "
        f"AND rsvp.companions > {MOST_BEFORE})"
    )
    op.execute(f'UPDATE rsvp SET companions = {MOST_BEFORE} WHERE companions > {MOST_BEFORE}')
    allow(MOST_BEFORE)
