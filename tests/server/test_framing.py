"""Where a request ends, however its bytes are cut up on their way."""

from __future__ import annotations

from itertools import pairwise

import pytest

from eventapp.server.framing import HEAD_BYTES_MAX, Framing
from tests.properties import given, st

MOST = 1000
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
FORM = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na=b&c"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
CHUNKS = CHUNKED + b"5\r\nhello\r\nA;ext=1\r\n0123456789\r\n0\r\n"
WHOLE = [
    GET,
    FORM,
    b"POST / HTTP/1.1\r\nCONTENT-LENGTH:0\r\n\r\n",
    CHUNKS + b"\r\n",
    CHUNKS + b"Trailer: yes\r\nAnother: one\r\n\r\n",
    CHUNKED + b"0\r\n\r\n",
]
# Refused by gunicorn, who does not need the rest for that.
REFUSED = [
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n",
    CHUNKED + b"zz\r\n",
    CHUNKED + b"-5\r\n",
    CHUNKED + b"3e9\r\n",
    CHUNKED + b"1;ext=long\r\na\r\n" * 100,
    CHUNKED + b"0\r\n" + b"Trailer: yes\r\n" * 100,
    b"GET / HTTP/1.1\r\n" + b"x" * HEAD_BYTES_MAX,
]


def feed(framing: Framing, data: bytes, cuts: list[int]) -> int:
    """How many bytes it takes, cut at these places."""
    taken = 0
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for begin, end in pairwise(places):
        if framing.complete:
            break
        taken += framing.feed(data[begin:end])
    return taken


@pytest.mark.parametrize("request_bytes", WHOLE)
@given(cuts=st.lists(st.integers(0, 300)), after=st.sampled_from([b"", b"\r\n", GET, b"x" * 99]))
def test_a_request_ends_where_it_ends(request_bytes, cuts, after):
    framing = Framing(MOST)
    assert feed(framing, request_bytes + after, cuts) == len(request_bytes)
    assert framing.complete
    assert framing.sound


@pytest.mark.parametrize("request_bytes", WHOLE)
def test_a_part_of_it_is_not_whole(request_bytes):
    for length in range(len(request_bytes)):
        framing = Framing(MOST)
        assert framing.feed(request_bytes[:length]) == length
        assert not framing.complete


@pytest.mark.parametrize("request_bytes", REFUSED)
@given(cuts=st.lists(st.integers(0, 300)))
def test_what_cannot_be_served_is_not_waited_for(request_bytes, cuts):
    framing = Framing(MOST)
    feed(framing, request_bytes + b"x", cuts)
    assert framing.complete
    assert not framing.sound
