from flask import Blueprint

bp = Blueprint("rsvp", __name__, cli_group=None)
