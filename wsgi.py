"""What a server serves: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import gc
import os

# What a start makes stays: looking for garbage among it takes a fifth of the start.
gc.disable()

from config import from_environment  # noqa: E402
from eventapp import create_app  # noqa: E402

app = create_app(from_environment(os.environ))
gc.freeze()
gc.enable()
