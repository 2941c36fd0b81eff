"""gunicorn as we recommend it, on a port of loopback, for what only real processes show."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.postgres import free_port

ROOT = Path(__file__).parent.parent
START_WITHIN_SECONDS = 60
# A worker that was just being forked does not hear that it shall end. gunicorn kills it after 30 s.
ENDS_WITHIN_SECONDS = 60
PRODUCTION = {
    "EVENTAPP_ENV": "production",
    "SECRET_KEY": "8Vq2-nTz0yWb7_RkLx4mJc9sHd1fGa6u",
    "MAIL_URL": "smtp://127.0.0.1:1",
}


@contextmanager
def serving(
    database_url: str, log: Path, *, application: str = "wsgi:app", **settings: str
) -> Iterator[int]:
    """The port of a server, in production unless the settings say otherwise. What it prints goes
    to the file `log`.
    """
    port = free_port()
    own = {
        "DATABASE_URL": database_url,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "BIND": f"127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", application]
    env = {**os.environ, **PRODUCTION, **own, **settings}
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
        yield port
    finally:
        process.terminate()
        process.wait(ENDS_WITHIN_SECONDS)


def process_at(port: int) -> psutil.Process:
    """The gunicorn that `serving` started there. A test's process may have others."""
    bind = f"127.0.0.1:{port}"
    [found] = [one for one in psutil.Process().children() if one.environ().get("BIND") == bind]
    return found


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text()[-3000:])
