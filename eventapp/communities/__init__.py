from flask import Blueprint

bp = Blueprint("communities", __name__, cli_group=None)


@bp.get("/privacy")
def privacy():
    return "stub"
