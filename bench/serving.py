"""An application behind gunicorn, and the processor time that it and its database use."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "gunicorn.conf.py"
WORKERS = os.environ.get("WEB_CONCURRENCY") or "2"


@dataclass(frozen=True)
class Server:
    port: int
    pids: tuple[int, ...]  # gunicorn's first process, and the database's where it has one

    def cpu_seconds(self) -> float:
        """What these processes, their children, and those of them that ended have used."""
        return sum(_cpu_seconds(pid) for pid in self.pids)


def _cpu_seconds(pid: int) -> float:
    first = psutil.Process(pid)
    total = 0.0
    for process in (first, *first.children(recursive=True)):
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:  # its parent has its time now
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


@contextmanager
def serve(
    application: str, environ: Mapping[str, str], *, database_pid: int | None = None
) -> Iterator[Server]:
    """Serve `module:name` on a free port of loopback, with the settings we recommend."""
    with socket.socket() as listener, tempfile.TemporaryFile("w+") as log:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)  # who comes before gunicorn is ready waits here
        port: int = listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(SETTINGS), application],
            cwd=ROOT,
            env={
                **os.environ,
                **environ,
                "BASE_URL": f"http://127.0.0.1:{port}",
                "BIND": f"fd://{listener.fileno()}",
                "WEB_CONCURRENCY": WORKERS,
            },
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            yield Server(port, (process.pid, *([database_pid] if database_pid else [])))
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read()[-5000:])
            raise
        finally:
            process.terminate()
            process.wait()
