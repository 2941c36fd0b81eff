"""Check constraints for columns that take one of several words."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A check, named like the column, that it holds one of these values, or nothing."""
    return CheckConstraint(f"{column} IN {tuple(map(str, values))}", name=column)
