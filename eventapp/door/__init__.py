from flask import Blueprint

bp = Blueprint("door", __name__, cli_group=None)
