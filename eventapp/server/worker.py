"""gunicorn's threaded worker, with buffering, so that slow clients cannot block it.

gunicorn reads a request in the thread that answers it. Eight connections that send a byte every
five seconds hold all threads for as long as they like; so do eight that read a long answer as
slowly. A deadline alone would free the threads only for the next eight.

Here the poller, which waits for all connections at once, receives each request completely, then a
thread answers it, and the poller sends what the client did not take at once. A waiting connection
costs a file descriptor and a little memory. It has a deadline for the whole request, and one for
the whole answer; if connections or buffers run out, the one closest to its deadline is closed.
waitress does the same, but in one process; so does a buffering proxy, which a small community would
have to run.
"""

from __future__ import annotations

import errno
import selectors
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.http import get_parser
from gunicorn.sock import ssl_wrap_socket
from gunicorn.workers.gthread import TConn, ThreadWorker

from eventapp.server.exchange import IN_MEMORY_BYTES, Exchange

# Deadline of a request's arrival, and of an answer's sending: these seconds, and one per so many
# bytes: a guest list of 10 MB may take ten minutes on a bad line, a form may not.
SECONDS = 15
BYTES_PER_MORE_SECOND = 16 * 1024
BODY_BYTES_MAX = 11 * 1024 * 1024  # as MAX_CONTENT_LENGTH: longer ones are refused by their head
BUFFERED_BYTES_MAX = 256 * 1024 * 1024  # of a process; uploads are in files
IGNORED_SECONDS = 2  # what a client sends after its answer

TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
GONE_ALREADY = (errno.EAGAIN, errno.ECONNABORTED)
ROOM_IS_SCARCE = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


Step = Callable[["Connection"], None]


class Connection(TConn):
    """A connection and what it waits for, while no thread has it."""

    sock: Exchange
    deadline = 0.0
    step: Step
    stays = False  # for another request
    counted_bytes = 0  # of those that the worker keeps


class BufferingWorker(ThreadWorker):
    seconds = SECONDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._waiting: dict[Connection, int] = {}  # and the event that it waits for
        self._kept_bytes = 0  # of all that wait
        self._sweep_at = 0.0

    # A connection's life: accept, receive, (a thread answers,) send, and again or linger

    def accept(self, listener: Any) -> None:
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno in ROOM_IS_SCARCE:
                self._make_room()
            elif error.errno not in GONE_ALREADY:
                raise
            return
        sock.setblocking(False)
        try:  # the TLS handshake happens at the first read
            sock = ssl_wrap_socket(sock, self.cfg) if self.cfg.is_ssl else sock
        except OSError:  # disconnected already
            sock.close()
            return
        self.nr_conns += 1
        self._advance(self._connection(sock, address, listener), self._receive)
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def _connection(self, sock: Any, address: Any, listener: Any) -> Connection:
        exchange = Exchange(sock, BODY_BYTES_MAX)
        connection = Connection(self.cfg, exchange, address, listener.getsockname())
        connection.parser = get_parser(self.cfg, exchange, address)
        connection.initialized = True
        exchange.begun_at = time.monotonic()  # the first request has been due since
        return connection

    def _receive(self, connection: Connection) -> None:
        exchange = connection.sock
        if exchange.receive():
            self._stop_waiting(connection)
            if exchange.framing.head_is_too_long:
                exchange.sendall(TOO_LONG)
                self._send(connection)
            else:
                self.enqueue_req(connection)
            return
        if exchange.begun_at:
            more = exchange.arrived_bytes / BYTES_PER_MORE_SECOND
            connection.deadline = exchange.begun_at + self.seconds + more
        self._wait(connection, selectors.EVENT_READ, self._receive)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """Whether the client may send another request. A body that was refused unread has arrived
        all the same, but gunicorn would wait for it on the socket.
        """
        return keepalive

    def finish_request(self, connection: Connection, done: Future[Any]) -> None:
        """Runs in the poller, once a thread has answered."""
        stays = not done.cancelled() and not done.exception() and bool(done.result())
        connection.stays = stays and connection.sock.framing.sound
        if connection.stays:  # a new parser, without the rest of a body that was not read
            connection.parser = get_parser(self.cfg, connection.sock, connection.client)
        taken_within = self.seconds + connection.sock.unsent_bytes / BYTES_PER_MORE_SECOND
        connection.deadline = time.monotonic() + taken_within
        self._advance(connection, self._send)

    def _send(self, connection: Connection) -> None:
        if not connection.sock.flush():
            self._wait(connection, selectors.EVENT_WRITE, self._send)
        elif connection.stays:
            connection.stays = False
            connection.sock.begin()
            connection.deadline = time.monotonic() + self.cfg.keepalive
            if connection.sock.has_more:
                self._receive(connection)
            else:
                self._wait(connection, selectors.EVENT_READ, self._receive)
        else:
            connection.sock.end_answer()
            connection.deadline = time.monotonic() + IGNORED_SECONDS
            self._linger(connection)

    def _linger(self, connection: Connection) -> None:
        if connection.sock.discard():
            self._drop(connection)
        else:
            self._wait(connection, selectors.EVENT_READ, self._linger)

    def _advance(self, connection: Connection, step: Step) -> None:
        try:
            step(connection)
        except OSError:  # the client has disconnected
            self._drop(connection)

    # Waiting

    def _wait(self, connection: Connection, event: int, step: Step) -> None:
        before = self._waiting.get(connection)
        if before != event:
            register = self.poller.modify if before else self.poller.register
            register(connection.sock.fileno(), event, partial(self._ready, connection))
        self._waiting[connection] = event
        connection.step = step
        self._count_bytes(connection, connection.sock.kept_bytes)
        if self._kept_bytes > BUFFERED_BYTES_MAX:
            large = [one for one in self._waiting if one.counted_bytes > IN_MEMORY_BYTES]
            self._drop(min(large or self._waiting, key=lambda one: one.deadline))

    def _count_bytes(self, connection: Connection, kept: int) -> None:
        self._kept_bytes += kept - connection.counted_bytes
        connection.counted_bytes = kept

    def _ready(self, connection: Connection, _descriptor: int) -> None:
        if connection in self._waiting:  # may have been dropped in the same round
            self._advance(connection, connection.step)

    def _stop_waiting(self, connection: Connection) -> None:
        if self._waiting.pop(connection, None):
            self.poller.unregister(connection.sock.fileno())
            self._count_bytes(connection, 0)

    def _drop(self, connection: Connection) -> None:
        self._stop_waiting(connection)
        connection.sock.hang_up()
        self.nr_conns -= 1

    def _make_room(self) -> None:
        if self._waiting:
            self._drop(min(self._waiting, key=lambda one: one.deadline))

    # What gunicorn's loop calls, each round and when it stops

    def murder_keepalived(self, force: bool = False) -> None:
        now = time.monotonic()
        if now < self._sweep_at and not force and self.alive:
            return
        self._sweep_at = now + 1
        for connection in [one for one in self._waiting if force or one.deadline <= now]:
            self._drop(connection)

    def _cap_keepalive(self, deadline: float) -> None:
        for connection in self._waiting:
            if not connection.sock.arrived_bytes:
                connection.deadline = min(connection.deadline, deadline)
