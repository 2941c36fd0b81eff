"""The server's worker with a shorter deadline, for tests that wait for it."""

from __future__ import annotations

from eventapp.server.worker import BufferingWorker


class ImpatientWorker(BufferingWorker):
    seconds = 4
