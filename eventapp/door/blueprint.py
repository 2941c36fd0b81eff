"""The door's blueprint, to which the modules beside this one add their addresses."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint

from eventapp.door.answers import shown_answers
from eventapp.door.door_name import door_name

bp = Blueprint(
    "door",
    "eventapp.door",
    static_folder="static",
    static_url_path="/static/door",
    cli_group=None,
)
bp.add_app_template_global(uuid4, "new_scan_id")
bp.add_app_template_filter(door_name)
bp.add_app_template_global(shown_answers, "shown_answers")
