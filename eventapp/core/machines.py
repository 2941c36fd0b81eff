"""Answers to programs: JSON where the `Accept` header asks for it, and never a redirect."""

from __future__ import annotations

from flask import Response, jsonify, make_response, request


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def refuse(code: str, message: str, *, status: int) -> Response:
    """`{"error": code, "message": words}`: the code is stable, the words are for a person."""
    return make_response(jsonify(error=code, message=message), status)
