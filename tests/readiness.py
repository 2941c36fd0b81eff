"""Whether a server says that it can serve, asked when what it said before is kept no longer."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from eventapp.core import clock

_minutes = count(1)


def ready_later(app: Flask) -> TestResponse:
    """The answer of /readyz, a minute after whoever asked last."""
    with time_machine.travel(clock.now() + timedelta(minutes=next(_minutes))):
        return app.test_client().get("/readyz")
