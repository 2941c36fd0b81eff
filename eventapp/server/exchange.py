"""A client's connection, as gunicorn's threads see it: a socket that never blocks.

What they read has arrived already. What they write and the client does not take at once is
buffered, and sent by the worker's poller. Only one of the two uses it at a time.
"""

from __future__ import annotations

import os
import ssl
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_WR, socket
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from eventapp.server.framing import Framing

IN_MEMORY_BYTES = 64 * 1024  # of a request; longer ones go to a file
PIECE_BYTES = 16 * 1024  # one TLS record: if it was not sent, the same one must be sent again
PIECES_AT_ONCE = 64  # of discarded data, before other connections get their turn
NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass
class Unsent:
    """A part of an answer: bytes, or a part of a file, by a descriptor that is ours to close."""

    source: bytes | int
    at: int
    end: int

    @property
    def left(self) -> int:
        return self.end - self.at

    def piece(self) -> bytes:
        if isinstance(self.source, bytes):
            return self.source[self.at : self.at + PIECE_BYTES]
        return os.pread(self.source, min(PIECE_BYTES, self.left), self.at)

    def close(self) -> None:
        if isinstance(self.source, int):
            os.close(self.source)


class Exchange:
    def __init__(self, sock: socket, body_bytes_max: int) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._body_bytes_max = body_bytes_max
        self._ahead = b""  # arrived already, and of the next request
        self._unsent: deque[Unsent] = deque()
        self._unsent_in_memory = 0  # bytes
        self._arrived = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  (closed by hang_up)
        self.begin()

    def begin(self) -> None:
        """Get ready for another request."""
        self.framing = Framing(self._body_bytes_max)
        self.arrived_bytes = 0
        self.begun_at: float | None = None  # with its first byte
        self._arrived.seek(0)
        self._arrived.truncate()

    # For the poller

    def fileno(self) -> int:
        return self._sock.fileno()

    @property
    def has_more(self) -> bool:
        """Whether there is data that the poller would not announce, as TLS has read it already."""
        return bool(self._ahead or (isinstance(self._sock, ssl.SSLSocket) and self._sock.pending()))

    def receive(self) -> bool:
        """Read what has arrived. Returns whether the request is complete. Raises OSError if the
        client has disconnected.
        """
        while not self.framing.complete:
            data, self._ahead = self._ahead, b""
            try:
                data = data or self._sock.recv(PIECE_BYTES)
            except NOT_NOW:
                self._send_continue()
                return False
            if not data:
                raise ConnectionAbortedError
            self.begun_at = self.begun_at or time.monotonic()
            used = self.framing.feed(data)
            self._arrived.write(data[:used])
            self._ahead = data[used:]
            self.arrived_bytes += used
        self._arrived.seek(0)
        return True

    def _send_continue(self) -> None:
        if self.framing.expects_continue:
            self.framing.expects_continue = False
            self.sendall(CONTINUE)

    def flush(self) -> bool:
        """Send what the client takes now. Returns whether that was everything. Raises OSError."""
        while self._unsent:
            part = self._unsent[0]
            if not (piece := part.piece()):
                raise ConnectionAbortedError  # the file has become shorter
            try:
                part.at += self._sock.send(piece)
            except NOT_NOW:
                return False
            if not part.left:
                self._forget_first()
        return True

    def _forget_first(self) -> None:
        part = self._unsent.popleft()
        part.close()
        if isinstance(part.source, bytes):
            self._unsent_in_memory -= len(part.source)

    @property
    def unsent_bytes(self) -> int:
        return sum(part.left for part in self._unsent)

    @property
    def kept_bytes(self) -> int:
        """The memory that this connection takes while it waits, besides its descriptors."""
        return self.arrived_bytes + self._unsent_in_memory

    def end_answer(self) -> None:
        """End the answer. The client may still be sending: see `discard`."""
        with suppress(OSError):
            self._sock.shutdown(SHUT_WR)

    def discard(self) -> bool:
        """Discard what the client still sends. Returns whether it has disconnected. Raises OSError.

        Closing with unread data would make the client lose the answer (RFC 9112, 9.6).
        """
        try:
            for _ in range(PIECES_AT_ONCE):
                if not self._sock.recv(PIECE_BYTES):
                    return True
        except NOT_NOW:
            pass
        return False

    def hang_up(self) -> None:
        for part in self._unsent:
            part.close()
        self._arrived.close()
        with suppress(OSError):
            self._sock.close()

    # For gunicorn's threads, which use it as a socket

    def recv(self, size: int) -> bytes:
        return self._arrived.read(size)

    def sendall(self, data: bytes) -> None:
        """Send, or buffer what the client does not take now."""
        if data:
            self._unsent.append(Unsent(data, 0, len(data)))
            self._unsent_in_memory += len(data)
            self.flush()

    def send(self, data: bytes) -> int:
        """Ignores gunicorn's own "100 Continue": the body has arrived already."""
        return len(data)

    def sendfile(self, file: BinaryIO, offset: int, count: int) -> None:
        self._unsent.append(Unsent(os.dup(file.fileno()), offset, offset + count))
        self.flush()

    def gettimeout(self) -> float:
        return 0.0

    def setblocking(self, _blocking: bool) -> None:
        """It never blocks."""

    def settimeout(self, _seconds: float | None) -> None:
        """It never waits."""

    def shutdown(self, _how: int) -> None:
        """The poller does."""

    def close(self) -> None:
        """The poller does, once everything is sent."""
