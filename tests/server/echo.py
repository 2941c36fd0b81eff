"""An application that says how much it got, and gives long answers: for tests of what serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from eventapp.server.worker import BODY_BYTES_MAX

LONG_FILE = Path(__file__).parent.parent.parent / (
    "eventapp/ui/fonts/noto-sans-0.4.2/NotoSans_700Bold.ttf"  # 630 kB
)
PIECES, PIECE_BYTES = 50, 100_000  # 5 MB


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/file":
        start_response("200 OK", [("Content-Length", str(LONG_FILE.stat().st_size))])
        given: Iterable[bytes] = environ["wsgi.file_wrapper"](LONG_FILE.open("rb"))
        return given
    if environ["PATH_INFO"] == "/pieces":
        start_response("200 OK", [("Content-Length", str(PIECES * PIECE_BYTES))])
        return (b"x" * PIECE_BYTES for _ in range(PIECES))
    if environ["PATH_INFO"] == "/unread":
        start_response("200 OK", [("Content-Length", "6")])
        return [b"unread"]
    too_long = int(environ.get("CONTENT_LENGTH") or 0) > BODY_BYTES_MAX
    said = b"too long" if too_long else b"%d bytes" % len(environ["wsgi.input"].read())
    status = "413 Content Too Large" if too_long else "200 OK"
    start_response(status, [("Content-Length", str(len(said)))])
    return [said]
