"""What a copy holds, and whether it is a database of this application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alembic.script import ScriptDirectory

from eventapp.core.backup.errors import BackupError
from eventapp.core.db import MIGRATIONS, db

REVISIONS = "alembic_version"


@dataclass(frozen=True)
class Contents:
    revision: str  # of the schema
    rows: Mapping[str, int]  # by table

    def require(self, rows: Mapping[str, int]) -> None:
        """Raises BackupError if a table has another number of rows than expected."""
        tables = sorted({*rows, *self.rows})
        if wrong := [one for one in tables if rows.get(one) != self.rows.get(one)]:
            raise BackupError(f"the copy does not have the rows of: {', '.join(wrong)}")

    @property
    def is_current(self) -> bool:
        return self.revision == _script().get_current_head()

    def __str__(self) -> str:
        total = sum(self.rows.values())
        return f"schema {self.revision}, {len(self.rows)} tables, {total} rows"


def contents(where: Path | str, revisions: list[str], rows: Mapping[str, int]) -> Contents:
    """Raises BackupError if that is not a database of this application, with a schema that it
    knows.
    """
    expected = set(db.metadata.tables)  # an old schema has few of them, and few others
    if len(revisions) != 1 or len(expected & set(rows)) <= len(rows) / 2:
        raise BackupError(f"{where} is no database of eventapp, or one that was never migrated")
    if revisions[0] not in {script.revision for script in _script().walk_revisions()}:
        raise BackupError(
            f"{where} has the schema {revisions[0]}, which this version of eventapp does not know"
        )
    found = Contents(revisions[0], rows)
    if found.is_current and (missing := expected - set(rows)):
        raise BackupError(f"{where} lacks tables: {', '.join(sorted(missing))}")
    return found


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
