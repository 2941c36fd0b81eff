from flask import Blueprint

bp = Blueprint("met", __name__, cli_group=None)
