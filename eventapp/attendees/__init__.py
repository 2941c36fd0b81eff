from flask import Blueprint

bp = Blueprint("attendees", __name__, cli_group=None)
