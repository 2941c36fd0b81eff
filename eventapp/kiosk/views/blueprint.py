"""The kiosk's blueprint, to which the modules beside this one add their addresses."""

from flask import Blueprint

bp = Blueprint("kiosk", "eventapp.kiosk", static_folder="static", static_url_path="/static/kiosk")
