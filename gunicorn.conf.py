"""How gunicorn serves: `gunicorn wsgi:app` reads this file where it is started.

Two processes, two threads each. On two cores (a bare check-in, SQLite, 8 at a time) that is as many
requests a second as two sync workers, with a p99 of 45 ms instead of 20; more threads only wait
longer for SQLite's one writer. Four threads are soon held by connections that browsers open in
advance, by phones that lose the network in mid-request, and by whoever wants to: so the worker is
one whose threads get a request once it is whole (eventapp/server/worker.py, with its deadlines).
"""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import socket
import sys
import tempfile
from typing import Any

from config import BadSetting, from_environment

try:
    settings = from_environment(os.environ)
except BadSetting as error:  # before gunicorn would start processes, and print their tracebacks
    sys.exit(f"Error: {error.message}")

bind = os.environ.get("BIND") or f"127.0.0.1:{settings['PORT']}"

workers = settings["WEB_CONCURRENCY"]
worker_class = "eventapp.server.worker.BufferingWorker"
threads = 2
worker_connections = 400  # of a process: two descriptors each, of the usual 1024

keepalive = 65  # seconds: longer than a proxy (nginx: 60), so that the proxy closes first
timeout = 30  # seconds a process may be silent before it is replaced
max_requests = 5000  # then a process is replaced, so that nothing can leak for a whole season
max_requests_jitter = 500  # not all processes at once

# Nobody controls the server through a socket, and home directories are often read-only.
control_socket_disable = True

logger_class = (
    "eventapp.server.log.JsonLog" if settings["PRODUCTION"] else "gunicorn.glogging.Logger"
)

# The folder for the figures of all workers (eventapp/core/metrics.py): the client of Prometheus
# looks for it when it is imported, which gunicorn does with the worker's class. Made once: gunicorn
# reads this file again when it is told to reload.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="eventapp-metrics-")

FIRST_BYTES_WITHIN_SECONDS = 60


def on_starting(server: Any) -> None:
    """Say what is no mistake by itself, but probably not what was meant."""
    proxied = settings["PROXIES_IN_FRONT"] or server.cfg.certfile
    if settings["PRODUCTION"] and settings["SESSION_COOKIE_SECURE"] and not proxied:
        server.log.warning(
            "PROXIES_IN_FRONT is 0 and BASE_URL is https: whatever proxy stands in front, all its "
            "visitors count as one, and share one limit"
        )


def on_exit(_server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Number the workers: one that replaces another gets its number, and counts on in its file."""
    taken = {other.number for other in server.WORKERS.values()}
    worker.number = next(number for number in itertools.count(1) if number not in taken)


def post_fork(_server: Any, worker: Any) -> None:
    os.environ["WORKER_NUMBER"] = str(worker.number)


def when_ready(server: Any) -> None:
    """Have connections that say nothing wait in the kernel, where they cost us nothing."""
    for listener in server.LISTENERS:
        if hasattr(socket, "TCP_DEFER_ACCEPT") and listener.sock.family != socket.AF_UNIX:
            listener.sock.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, FIRST_BYTES_WITHIN_SECONDS
            )


def post_worker_init(worker: Any) -> None:
    """Say that this process serves, or a restore would replace the database under it. Have the
    garbage collector leave alone what was loaded, which stays for good, and come less often to the
    rest. Going through all of it again took up to a tenth of a scan's time.
    """
    from eventapp.core import serving  # not before the folder of the figures is known

    serving.hold(worker.wsgi)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
