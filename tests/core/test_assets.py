"""How long a browser keeps a static file without asking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.door.helpers import at_door

pytestmark = pytest.mark.one_database


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


def test_a_feature_brings_its_own_files(make, browser):
    """Their addresses change when they do, and where there are none the address is unknown."""
    event = make.event()
    door = at_door(make, browser(), event)
    [script] = [it["src"] for it in door.page.select("script[src*='door.js']")]
    assert re.fullmatch(r"/static/door/door\.js\?v=[0-9a-f]{10}", script)
    with door.client.get(script) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
    with door.client.get("/static/door/queue.js") as imported:  # by another module
        assert imported.headers["Cache-Control"] == "no-cache"
    for nowhere in ("/static/door/app.css", "/static/door/../__init__.py"):
        assert door.client.get(nowhere).status_code == 404


def test_a_browser_is_told_at_once_which_modules_a_script_imports(app, make, browser):
    door = at_door(make, browser(), make.event())
    told = [link["href"] for link in door.page.select("link[rel=modulepreload]")]
    folder = Path(app.blueprints["door"].static_folder)
    started_by_pages = {"door.js", "sw.js", "waiting.js"}
    modules = {path.name for path in folder.glob("*.js")} - started_by_pages
    assert sorted(told) == sorted(f"/static/door/{name}" for name in modules)
