"""How Alembic reaches the application's database (Flask-Migrate)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from eventapp.core.connections import take_write_lock

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """A migration names no type of the application: it outlives today's code."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run all migrations of one command in one transaction, on both databases: whatever stops
    it, the schema and its rows are as they were. Alembic alone would commit each on SQLite.
    """
    with connection.begin():
        take_write_lock(connection)  # before it reads the revision
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    """Raise RuntimeError, which `flask db` shows, where a row refers to one that is missing."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        examples = ", ".join(
            f"{table} {row_id} (its {parent} is missing)"
            for table, row_id, parent, _ in orphans[:5]
        )
        raise RuntimeError(
            f"nothing was migrated: rows refer to others that are missing, {len(orphans)} in all:"
            f" {examples}"
        )


with db.engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        # SQLite alters a table by copying it and dropping the old one, which with foreign keys on
        # would delete the rows that refer to it. Inside a transaction they cannot be turned off.
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            run(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
    else:
        run(connection)
