"""when a browser was last active; what organisers did

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-28 19:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

REFERENCES = (
    ('actor_id', 'person'),
    ('event_id', 'event'),
    ('rsvp_id', 'rsvp'),
    ('person_id', 'person'),
    ('door_link_id', 'door_link'),
)


def upgrade():
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE session SET last_seen_at = created_at')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.alter_column(
            'last_seen_at', existing_type=sa.DateTime(timezone=True), nullable=False
        )
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=True) for name, _ in REFERENCES),
    sa.Column('verb', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.CheckConstraint("actor IN ('person', 'command_line')", name=op.f('ck_audit_entry_actor')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_audit_entry_community_id'), ondelete='CASCADE'),
    *(
        sa.ForeignKeyConstraint([name], [f'{table}.id'], name=op.f(f'fk_audit_entry_{name}'), ondelete='SET NULL')
        for name, table in REFERENCES
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_community_id_id', ['community_id', 'id'], unique=False)
        for name, _ in REFERENCES:
            batch_op.create_index(batch_op.f(f'ix_audit_entry_{name}'), [name], unique=False)


def downgrade():
    op.drop_table('audit_entry')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('last_seen_at')
