"""Where a page about an error leads: addresses near the one that was asked for."""

from __future__ import annotations

from flask import Blueprint, current_app, request

SECRETS = {"key", "token", "page", "ticket", "badge"}  # in addresses that leave by mail


def page_here() -> str:
    """The address of the page that somebody sees; or, if it only takes a form, that of the nearest
    page above it.
    """
    if request.method == "GET":
        return request.full_path.removesuffix("?")
    return page_above() if request.url_rule else "/"


def page_above() -> str:
    """The nearest page above this address; or at it, if what was asked for was not that page."""
    routes = current_app.create_url_adapter(request)
    path = request.path
    if request.method == "GET":
        path = path.rpartition("/")[0]
    while routes and path and not routes.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"


def came_by_secret() -> bool:
    """Whether the address is one that leaves by mail, with a secret in it."""
    return bool(request.url_rule and SECRETS & request.url_rule.arguments)


def init_blueprint(bp: Blueprint) -> None:
    for each in (page_here, page_above, came_by_secret):
        bp.add_app_template_global(each)
