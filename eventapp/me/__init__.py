from flask import Blueprint

bp = Blueprint("me", __name__, cli_group=None)


@bp.get("/me")
def me():
    return "stub"
