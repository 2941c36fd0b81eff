"""How gunicorn serves the application: a worker that slow clients cannot block, and its log."""
