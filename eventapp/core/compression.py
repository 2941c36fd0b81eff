"""Compressed answers: static files, and pages in which no secret could be guessed by their length.

Where a secret stands in a compressed answer beside words that an attacker chose, its length tells
how well these words match the secret (BREACH). So a page is compressed only if it is public and the
request brought no cookie: every secret in it, as the token of its forms, was made for this one
answer. What is the same for everybody has no secret.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
from flask import Flask, Response, g, request

from eventapp.core.assets import is_static
from eventapp.core.public import is_public_page

TYPES = (
    "text/", "application/javascript", "application/json", "application/manifest+json",
    "application/wasm", "application/xml", "image/svg+xml",
)  # fmt: skip
LEAST_BYTES = 500  # one packet either way
THOROUGH_MOST_BYTES = 200_000  # above, the last percents would take seconds

# Comments, and in styles what stands before a line. A minifier was tried: it took spaces out of
# nested selectors that have a meaning there. In a script whole lines go, which a template literal
# over several lines would miss: ours stay on one (tests/test_scripts_and_styles.py).
_FOR_READERS = {
    "text/css": re.compile(rb"/\*.*?\*/|^[ ]+|^\n", re.DOTALL | re.MULTILINE),
    "text/javascript": re.compile(rb"^[ ]*//.*\n|^\n", re.MULTILINE),
}
_ONCE: Mapping[str, Callable[[bytes], bytes]] = {  # in the order of preference
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


def init_app(app: Flask) -> None:
    @app.after_request
    def compress(response: Response) -> Response:
        """Compress an answer in the best way that its reader understands."""
        if not _may_be_compressed(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = _best_encoding()
        if encoding is None or request.method == "HEAD" or response.status_code != 200:
            return response
        if is_static(request.endpoint):
            _send_file_compressed(response, encoding)
        elif (response.content_length or 0) >= LEAST_BYTES:
            response.set_data(_ONCE[encoding](response.get_data()))
            response.headers["Content-Encoding"] = encoding
        return response


def _may_be_compressed(response: Response) -> bool:
    if not (response.mimetype or "").startswith(TYPES) or "Content-Encoding" in response.headers:
        return False
    if is_static(request.endpoint):
        return "Range" not in request.headers
    if request.method not in ("GET", "HEAD"):
        return False
    same_for_everybody = g.get("is_public", False)
    return same_for_everybody or (is_public_page(request.endpoint) and not request.cookies)


def _best_encoding() -> str | None:
    accepted = request.accept_encodings
    return next((name for name in _ONCE if accepted.quality(name) > 0), None)


def _send_file_compressed(response: Response, encoding: str) -> None:
    """Send a static file as it was compressed before. It has an ETag of its own (RFC 9110, 8.8.3),
    so that a browser's copy is not taken for another encoding's.
    """
    response.direct_passthrough = False
    body, (etag, _) = response.get_data(), response.get_etag()
    mimetype = "" if "/vendor/" in request.path else response.mimetype or ""
    response.set_data(_file_compressed(body, encoding, mimetype))
    response.headers["Content-Encoding"] = encoding
    if etag:
        response.set_etag(f"{etag}-{encoding}")
        response.make_conditional(request)


@lru_cache(maxsize=200)
def _file_compressed(body: bytes, encoding: str, mimetype: str) -> bytes:
    """A file, compressed as well as possible, once in the life of a server process; our styles and
    scripts without what is there for their readers, a fifth of them even so.
    """
    if mimetype in _FOR_READERS:
        body = _FOR_READERS[mimetype].sub(b"", body)
    if encoding == "gzip":
        return gzip.compress(body, 9, mtime=0)
    compressed: bytes = brotli.compress(body, quality=11 if len(body) < THOROUGH_MOST_BYTES else 9)
    return compressed
