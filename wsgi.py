"""What a server serves: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import os

from config import from_environment
from eventapp import create_app

app = create_app(from_environment(os.environ))
