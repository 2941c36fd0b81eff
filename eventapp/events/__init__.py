from flask import Blueprint

bp = Blueprint("events", __name__, cli_group=None)


@bp.get("/")
def home():
    return "stub"
