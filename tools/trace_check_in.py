"""Follow one check-in by HTMX, from the request to its answer: which files, which functions.

    python -m tools.trace_check_in            # of features: core, ui and model left out
    python -m tools.trace_check_in --all      # with core, ui and model
    python -m tools.trace_check_in --scan     # a ticket is scanned instead

Prints what a person would read to understand it: each function that ran, with its lines, and each
template. What a file has besides, such as its imports and other functions, is not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType
from uuid import uuid4

import flask_migrate
from flask import Flask
from werkzeug.test import TestResponse

from tests.application import new_app
from tests.browser import Browser
from tests.door.helpers import at_door
from tests.make import Make

PACKAGE = Path(__file__).resolve().parent.parent / "eventapp"
NOT_FOLLOWED = ("core/", "ui/", "server/", "model/")

Found = dict[str, dict[str, int]]  # lines, by file and function


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.trace_check_in", description=__doc__)
    parser.add_argument("--all", action="store_true", help="core, ui and model as well")
    parser.add_argument("--scan", action="store_true", help="a ticket is scanned")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _trace(_application(f"sqlite:///{folder}/trace.db"), scan=asked.scan)
    skipped = () if asked.all else NOT_FOLLOWED
    shown = {file: parts for file, parts in found.items() if not file.startswith(skipped)}
    _print("Python", {file: parts for file, parts in shown.items() if file.endswith(".py")})
    _print("templates", {file: parts for file, parts in shown.items() if not file.endswith(".py")})


def _application(database_url: str) -> Flask:
    app = new_app(SQLALCHEMY_DATABASE_URI=database_url)
    with app.app_context():
        flask_migrate.upgrade()
    return app


def _trace(app: Flask, *, scan: bool) -> Found:
    """Everything of the application that runs between the request and its answer."""
    make = Make(app)
    event = make.event()
    guest, other = make.rsvp(event, "Ana Ruiz"), make.rsvp(event, "Ben Díaz")
    door = at_door(make, Browser(app.test_client()), event)
    _check_in(door, event.slug, other.id, None)  # has templates and statements made ready
    codes: set[CodeType] = set()

    def called(frame: FrameType, _event: str, _arg: object) -> None:
        codes.add(frame.f_code)

    sys.setprofile(called)
    try:
        answer = _check_in(door, event.slug, guest.id, guest.ticket if scan else None)
    finally:
        sys.setprofile(None)
    if "Come in!" not in answer.text:
        raise SystemExit(answer.text)
    return _by_file(codes)


def _check_in(door: Browser, slug: str, rsvp_id: int, ticket: str | None) -> TestResponse:
    token = door.page.select_one("[name=csrf_token]")
    fields = {"scan_id": str(uuid4()), "csrf_token": token["value"] if token else ""}
    path = f"/e/{slug}/door/{rsvp_id}/check-in"
    fields["came_from"] = "row"
    if ticket:
        path, fields["code"], fields["came_from"] = f"/e/{slug}/door/scan", ticket, "scan"
    return door.client.post(path, data=fields, headers={"HX-Request": "true"})


def _by_file(codes: set[CodeType]) -> Found:
    found: Found = defaultdict(dict)
    for code in codes:
        path = Path(code.co_filename)
        if not path.is_relative_to(PACKAGE):
            continue
        file = str(path.relative_to(PACKAGE))
        if path.suffix == ".py":
            name, size = code.co_qualname, _lines_of(code)
        else:  # Jinja compiles a template to functions that name its file
            name, size = "", len(path.read_text().splitlines())
        if code.co_name != "<module>":
            found[file][name] = size
    return _without_inner(found)


def _lines_of(code: CodeType) -> int:
    lines = [line for _, _, line in code.co_lines() if line]
    inner = [_lines_end(one) for one in code.co_consts if isinstance(one, CodeType)]
    return max([*lines, *inner]) - code.co_firstlineno + 1


def _lines_end(code: CodeType) -> int:
    return code.co_firstlineno + _lines_of(code) - 1


def _without_inner(found: Found) -> Found:
    """A function's lines hold those of the functions inside it."""
    for parts in found.values():
        for name in [one for one in parts if any(f"{other}.<locals>" in one for other in parts)]:
            del parts[name]
    return found


def _print(kind: str, found: Found) -> None:
    functions = sum(map(len, found.values()))
    lines = sum(sum(parts.values()) for parts in found.values())
    if kind == "Python":
        print(f"Python: {len(found)} files, {functions} functions, {lines} lines")
    else:
        print(f"Templates: {len(found)} files, {lines} lines")
    for file, parts in sorted(found.items()):
        print(f"  {file}  {sum(parts.values())}")
        for name, size in sorted(parts.items()):
            if name:
                print(f"      {name}  {size}")


if __name__ == "__main__":
    main()
