"""eventapp: RSVP, the door, who did you meet, contacts taken home. One attendee list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from flask import Flask, Response
from jinja2 import PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from eventapp import model  # noqa: F401  (the metadata, whole)
from eventapp.core import (
    assets,
    commands,
    compression,
    db,
    figures,  # noqa: F401  (asked by /metrics)
    health,
    i18n,
    logs,
    metrics,
    public,
    request_limits,
    security,
    security_txt,
    service_worker,
)
from eventapp.core.backup import commands as backup
from eventapp.core.connections import database_url
from eventapp.core.links import RowId
from eventapp.core.templates import Environment
from eventapp.core.unavailable import run_view, unavailable
from eventapp.ui import macros

# The table of contents. Data flows down this list; imports point up it.
FEATURES = (
    "account",  # sign in by a mailed link; who is asking
    "communities",  # found a community, its organisers, what it keeps
    "follow",  # follow a community by mail; the mail about new events
    "events",  # schedule, change, publish, call off; the calendar file
    "rsvp",  # answer, change, withdraw; the waitlist
    "attendees",  # the shared attendee list, and who may see whom on it
    "door",  # check in, undo, walk-in
    "kiosk",  # self check-in: at a tablet by the entrance, by a poster on the wall
    "guests",  # the organisers' guest list: import, export, approve, send tickets
    "badges",  # the name on a label: as a PDF, or printed by the browser
    "met",  # who did you meet?
    "conduct",  # block somebody; tell the organisers of somebody, and their answer
    "impressions",  # what guests take with them, for whom each chooses
    "rounds",  # ten minutes at a small table, for those who want it
    "floor",  # questions from the floor: guests ask about talks and vote, hosts choose
    "contacts",  # the card one shares, and the contacts one takes home
    "introductions",  # introduce two contacts to each other, who are both asked
    "greeting",  # a host for who is new, and a few people to look for
    "mails",  # which mails failed: send them again, correct their address
    "overview",  # an event at a glance, for its organisers: who has come, and what is to do
    "me",  # a person's own data: export it, delete it
    "report",  # what became of an event, in counts that tell of nobody
)


class EventApp(Flask):
    """Flask, told that databases have trouble, and that no view of ours is a coroutine."""

    jinja_environment = Environment

    def dispatch_request(self) -> Any:
        return run_view(super().dispatch_request)

    def handle_exception(self, e: Exception) -> Response:
        """Log a database fault, wherever it came from: a view, or the page about another error."""
        if sorry := unavailable(e):
            return self.finalize_request(self.handle_user_exception(sorry), from_error_handler=True)
        return super().handle_exception(e)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func  # checking it, a dozen times per request, costs a scan 3 % of its time


def create_app(settings: Mapping[str, Any]) -> Flask:
    """The application, from the settings of `config.from_environment`."""
    app = EventApp(__name__, static_folder="ui/static", static_url_path="/static")
    app.config.from_mapping(settings)
    url = database_url(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    packages = ("ui", *FEATURES)
    app.jinja_loader = PrefixLoader({name: PackageLoader(f"eventapp.{name}") for name in packages})
    if proxies := app.config.get("PROXIES_IN_FRONT"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

    app.url_map.converters["int"] = RowId

    compression.init_app(app)  # first, so that it is given what all the others have done
    for part in (db, logs, metrics, i18n, request_limits, security, public, assets, health):
        part.init_app(app)
    security_txt.init_app(app)
    service_worker.init_app(app)
    for name in packages:
        app.register_blueprint(import_module(f"eventapp.{name}").bp)
    macros.init_app(app, "communities/pictures.html", "events/picture.html")
    backup.init_app(app)
    for name in ("worker", "demo"):
        import_module(f"eventapp.{name}").init_app(app)
    commands.init_app(app)
    return app
