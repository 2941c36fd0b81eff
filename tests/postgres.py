"""A PostgreSQL server of one's own, thrown away afterwards. For the tests and the benchmarks.

    with Postgres() as server, server.database() as url:
        ...

It listens on loopback only and trusts everybody there. Each process that wants one starts one, a
second's work: two test workers share nothing and need no lock.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from tests.postgres_programs import programs, surroundings, unprivileged

SUPERUSER = "postgres"
START_WITHIN_SECONDS = 30
ATTEMPTS = 3  # the port that was free a moment ago may be taken

IN_MEMORY_ONLY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

# Waits until its standard input says something or ends, which it does however the Python process
# that holds the other end dies. So neither a server nor its files are left behind.
GUARD = 'read -r _; "$0" --pgdata="$1/data" --mode=immediate stop; rm -rf "$1"'


class PostgresError(RuntimeError):
    """The server could not be started; the message holds what it said."""


def why_unavailable() -> str | None:
    """The reason why no server can be started here, to skip tests with; None where one can."""
    if programs() is None:
        return "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and unprivileged() is None:
        return "PostgreSQL refuses to run as root, and there is no user postgres or nobody"
    return None


class Postgres:
    """The server, from `start` to `stop`.

    `durable=True` makes it write to the disk as it would in production: for benchmarks.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.port = 0
        self._settings: Mapping[str, str] = {} if durable else IN_MEMORY_ONLY
        self._folder: Path | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Postgres:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Raises PostgresError; nothing is left behind then."""
        if reason := why_unavailable():
            raise PostgresError(reason)
        self._folder = Path(tempfile.mkdtemp(prefix="eventapp-postgres-"))
        try:
            self._give_away_folder()
            self._guard = self._start_guard()
            self._make_cluster()
            self._start_server()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """At once, without a last word to its clients; its files go too. Harmless when repeated."""
        if self._guard is not None:
            self._guard.communicate(b"\n")
            self._guard = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def shut_down(self) -> None:
        """As an operator does; `start_again` brings it back, on the same port."""
        data = f"--pgdata={self._path / 'data'}"
        command = [self._program("pg_ctl"), data, "--mode=fast", "--wait", "stop"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **surroundings(self._path))

    def start_again(self) -> None:
        if (complaint := self._start_on(self.port)) is not None:
            raise PostgresError(f"postgres did not start: {complaint}")

    @property
    def pid(self) -> int:
        """Of the first of its processes, whose children are all others."""
        return int((self._path / "data" / "postmaster.pid").read_text().split()[0])

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, *, template: str = "template1") -> None:
        """`template`: the database to copy, say a migrated one; nobody may be connected to it."""
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)

    def drop_database(self, name: str) -> None:
        """Whoever is still connected is thrown out."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """The address of a fresh database, dropped afterwards."""
        name = f"test_{secrets.token_hex(6)}"
        self.create_database(name, template=template)
        try:
            yield self.url(name)
        finally:
            self.drop_database(name)

    def _execute(self, statement: str, *names: str) -> None:
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(query)

    @property
    def _path(self) -> Path:
        if self._folder is None:
            raise PostgresError("the server is not started")
        return self._folder

    def _program(self, name: str) -> str:
        return str((programs() or Path()) / name)

    def _give_away_folder(self) -> None:
        if (user := unprivileged()) is not None:
            os.chown(self._path, user.pw_uid, user.pw_gid)

    def _start_guard(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C on the terminal must not end it before its work is done.
        return subprocess.Popen(
            ["sh", "-c", GUARD, self._program("pg_ctl"), str(self._path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **surroundings("/"),
        )

    def _make_cluster(self) -> None:
        made = subprocess.run(
            [
                self._program("initdb"),
                f"--pgdata={self._path / 'data'}",
                f"--username={SUPERUSER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            **surroundings(self._path),
        )
        if made.returncode:
            raise PostgresError(f"initdb: {made.stderr.strip()}")

    def _start_server(self) -> None:
        for _ in range(ATTEMPTS):
            self.port = free_port()
            if (complaint := self._start_on(self.port)) is None:
                return
            if "already in use" not in complaint:
                break
        raise PostgresError(f"postgres did not start: {complaint}")

    def _start_on(self, port: int) -> str | None:
        """What the server said when it did not start; None when it did."""
        log = self._path / "log"
        settings = {
            **self._settings,
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(self._path),
            "max_connections": "100",
        }
        started = subprocess.run(
            [
                self._program("pg_ctl"),
                f"--pgdata={self._path / 'data'}",
                f"--log={log}",
                f"--timeout={START_WITHIN_SECONDS}",
                f"--options={shlex.join(f'--{name}={value}' for name, value in settings.items())}",
                "--wait",
                "start",
            ],
            stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server runs
            stderr=subprocess.DEVNULL,
            **surroundings(self._path),
        )
        if started.returncode == 0:
            return None
        return log.read_text(errors="replace").strip() if log.exists() else "(it said nothing)"


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
