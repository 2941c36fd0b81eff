"""Where an HTTP request ends (RFC 9112), found while its bytes arrive.

Whether the request is well-formed is for gunicorn to decide. It gets exactly the bytes counted
here, so if the two ever disagree it refuses an incomplete request instead of waiting for more.
"""

from __future__ import annotations

HEAD_BYTES_MAX = 64 * 1024
CHUNK_LINE_BYTES_MAX = 8 * 1024
END_OF_HEAD = b"\r\n\r\n"


class Framing:
    """One request. `complete`: no more of it needs to arrive. `sound`: its end was found, so
    another may follow on the connection.
    """

    def __init__(self, body_bytes_max: int) -> None:
        self.complete = False
        self.sound = True
        self.head_is_too_long = False
        self.expects_continue = False  # waits before sending its body: Expect: 100-continue
        self.body_bytes = 0  # with the lines between chunks
        self._body_bytes_max = body_bytes_max
        self._head: bytearray | None = bytearray()  # None once it is read
        self._chunked = False
        self._in_trailers = False
        self._left = 0  # bytes of the body, or of the chunk and its line end
        self._line = bytearray()

    def feed(self, data: bytes) -> int:
        """How many of these bytes belong to the request; the others are the next one's."""
        used = self._feed_head(data) if self._head is not None else 0
        if self._head is None and not self.complete:
            body = data[used:]
            used += self._feed_chunks(body) if self._chunked else self._skip(len(body))
            self.complete = self.complete or not (self._chunked or self._left)
        return used

    def _feed_head(self, data: bytes) -> int:
        assert self._head is not None  # noqa: S101
        before = len(self._head)
        self._head += data
        found = self._head.find(END_OF_HEAD, max(0, before - len(END_OF_HEAD) + 1))
        if found < 0:
            if len(self._head) > HEAD_BYTES_MAX:
                self.head_is_too_long = True
                self._give_up()
            return len(data)
        head, self._head = bytes(self._head[:found]), None
        self._read_head(head)
        return found + len(END_OF_HEAD) - before

    def _read_head(self, head: bytes) -> None:
        values: dict[bytes, list[bytes]] = {}
        for line in head.lower().split(b"\r\n"):
            name, _, value = line.partition(b":")
            values.setdefault(name, []).append(value.strip())
        lengths, codings = values.get(b"content-length", []), values.get(b"transfer-encoding", [])
        self.expects_continue = values.get(b"expect") == [b"100-continue"]
        if codings == [b"chunked"] and not lengths:
            self._chunked = True
        elif codings or len(lengths) > 1 or not all(map(bytes.isdigit, lengths)):
            self._give_up()  # gunicorn refuses it because of its head
        elif lengths:
            self._count(int(lengths[0][:20]))
        else:
            self.complete = True

    def _count(self, size: int) -> None:
        """Expect this many more bytes of the body, unless it is too long: then the head is enough
        to refuse it.
        """
        self.body_bytes += size
        self._left = size
        if self.body_bytes > self._body_bytes_max:
            self._give_up()

    def _skip(self, at_most: int) -> int:
        step = min(self._left, at_most)
        self._left -= step
        return step

    def _feed_chunks(self, data: bytes) -> int:
        at = 0
        while at < len(data) and not self.complete:
            if self._left:
                at += self._skip(len(data) - at)
                continue
            end = data.find(b"\n", at) + 1
            piece = data[at : end or len(data)]
            self._line += piece
            self.body_bytes += len(piece)  # a byte may come with 8 KB of chunk extensions
            at += len(piece)
            is_too_long = len(self._line) > CHUNK_LINE_BYTES_MAX
            if is_too_long or self.body_bytes > self._body_bytes_max:
                self._give_up()
            elif end:
                self._end_line()
        return at

    def _end_line(self) -> None:
        line, self._line = bytes(self._line).strip(), bytearray()
        if self._in_trailers:
            self.complete = not line
            return
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            size = -1
        if size < 0:
            self._give_up()
        elif size:
            self._count(size)
            self._left += len(b"\r\n")
        else:
            self._in_trailers = True

    def _give_up(self) -> None:
        self.complete, self.sound = True, False
