"""How gunicorn serves here: a worker that slow clients cannot stop, and its log."""
