"""Answers to programs: JSON where the `Accept` header asks for it, and never a redirect."""

from __future__ import annotations

from flask import Response, jsonify, make_response, request


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def refuse(code: str, message: str | None = None, *, status: int) -> Response:
    """`{"error": code}`, which is stable, with a `message` for a person where there is one."""
    words = {"message": message} if message else {}
    return make_response(jsonify(error=code, **words), status)
