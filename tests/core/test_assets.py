"""How long a browser keeps a static file without asking."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/app.css?v=0123456789", "max-age=31536000"),
        ("/static/vendor/htmx.org-4.0.1/htmx.min.js", "max-age=31536000"),
        ("/static/app.js", "no-cache"),  # as one module imports another
    ],
)
def test_what_has_no_hash_in_its_address_is_asked_for_each_time(app, address, kept):
    client = app.test_client()
    with client.get(address) as answer:
        assert kept in answer.headers["Cache-Control"]
        tag = answer.headers["ETag"]
    with client.get(address, headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_a_browser_compiles_the_reader_of_codes_while_it_loads(app):
    """Only what says that it is wasm is."""
    [wasm] = Path(app.static_folder).glob("vendor/zxing-wasm-*/zxing_reader.wasm")
    with app.test_client().get(f"/static/{wasm.relative_to(app.static_folder)}") as answer:
        assert answer.mimetype == "application/wasm"
        assert "max-age=31536000" in answer.headers["Cache-Control"]
