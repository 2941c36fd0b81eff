"""A worker's sending, for a process of its own. It imports no more than that needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventapp import create_app
from eventapp.sending import send_waiting_mail


def send(settings: Mapping[str, Any]) -> None:
    with create_app(settings).app_context():
        send_waiting_mail()
