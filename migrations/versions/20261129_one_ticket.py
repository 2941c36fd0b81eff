"""who was sent their ticket by a mail about a place or a yes is not offered it again

Revision ID: 0038
Revises: 0032
Create Date: 2026-11-29 20:00:00.000000
"""

from alembic import op

revision = '0038'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "INSERT INTO notice (kind, person_id, rsvp_id, which, at) "
        "SELECT 'ticket', rsvp.person_id, rsvp.id, '', MIN(outbox_mail.created_at) "
        'FROM outbox_mail '
        'JOIN rsvp ON rsvp.id = outbox_mail.about_id '
        'JOIN person ON person.id = rsvp.person_id AND person.email = outbox_mail.to_email '
        "WHERE outbox_mail.template IN ('rsvp/mail/promoted', 'rsvp/mail/approved') "
        "AND outbox_mail.failed_at IS NULL AND rsvp.source = 'import' "
        'AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.rsvp_id = rsvp.id '
        "AND notice.person_id = rsvp.person_id AND notice.kind = 'ticket') "
        'GROUP BY rsvp.person_id, rsvp.id'
    )


def downgrade():
    pass  # it is true before, too
