"""PostgreSQL's programs, and how tests call them."""

from __future__ import annotations

import os
import pwd
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any


@cache
def programs() -> Path | None:
    """The folder of the newest server's programs: Debian keeps them out of the PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: _version(path.parts[4]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _version(folder: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", folder))


@cache
def unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None when we are not, or nobody is found."""
    if os.geteuid() != 0:
        return None
    everybody = {user.pw_name: user for user in pwd.getpwall()}
    return everybody.get("postgres") or everybody.get("nobody")


def surroundings(folder: Path | str) -> dict[str, Any]:
    """How each of the programs is called: not as root, and without the caller's PG… settings."""
    how: dict[str, Any] = {
        "cwd": folder,
        "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    }
    if (user := unprivileged()) is not None:
        how |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return how
