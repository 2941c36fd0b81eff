"""PostgreSQL's programs, and how they and psycopg are told the database."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from eventapp.core.backup.errors import BackupError

DEBIAN = Path("/usr/lib/postgresql")  # not in the PATH


def run(url: URL, name: str, *arguments: str) -> None:
    with running(url, name, *arguments) as lines:
        for _ in lines:
            pass


@contextmanager
def running(url: URL, name: str, *arguments: str) -> Iterator[IO[bytes]]:
    """The output of a program. Raises BackupError with its error message if it fails."""
    with tempfile.TemporaryFile() as complaint:
        command = [program(url, name), *arguments]
        with subprocess.Popen(  # noqa: S603  no shell, and none of it comes from visitors
            command,
            env=environment(url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaint,
        ) as process:
            assert process.stdout  # noqa: S101
            yield process.stdout
        if process.returncode:
            complaint.seek(0)
            first = complaint.readline().decode(errors="replace").strip()
            raise BackupError(first or f"{name} failed")


def program(url: URL, name: str) -> str:
    """The program of the server's version, or the next newer one that is installed: an older one
    cannot read the database, and a newer one writes settings that an older server does not know.
    """
    debian = {int(float(path.parts[4])): str(path) for path in DEBIAN.glob(f"*/bin/{name}")}
    if debian:
        server = _server_version(url)
        return debian[min((one for one in debian if one >= server), default=max(debian))]
    if found := shutil.which(name):
        return found
    raise BackupError(f"{name} is not installed (Debian: apt-get install postgresql-client)")


@cache
def _server_version(url: URL) -> int:
    with connected(url) as connection:
        return connection.info.server_version // 10_000


def _parameters(url: URL) -> dict[str, Any]:
    named = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    return {name: value for name, value in {**named, **url.query}.items() if value}


def database_option(url: URL) -> str:
    """The option that names the database; without its password, which all users of the machine
    could read in the process list.
    """
    parameters = {name: v for name, v in _parameters(url).items() if "password" not in name}
    return f"--dbname={make_conninfo(**parameters)}"


def environment(url: URL) -> dict[str, str]:
    password = url.password or url.query.get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


@contextmanager
def connected(url: URL) -> Iterator[psycopg.Connection]:
    secret = {"password": url.password} if url.password else {}
    conninfo = make_conninfo(**_parameters(url), **secret)
    with _plain_errors(), psycopg.connect(conninfo) as connection:
        yield connection


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise BackupError(str(error).strip().partition("\n")[0]) from error
