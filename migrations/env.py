"""How Alembic reaches the application's database (Flask-Migrate)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """A migration names no type of the application: it outlives today's code."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on_sqlite() -> None:
    """SQLite alters a table by making it anew: with foreign keys on, dropping the old one
    would delete the rows that hang on it. They are off meanwhile, and checked at the end.
    """
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            run(connection)
            connection.commit()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            connection.rollback()
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"rows without what they hang on: {broken[:5]}")


if db.engine.dialect.name == "sqlite":
    run_on_sqlite()
else:
    with db.engine.connect() as connection:
        run(connection)
        connection.commit()
