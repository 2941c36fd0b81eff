"""How gunicorn serves here: a worker that slow clients cannot stop, and its log.

Nothing here imports eventapp: gunicorn's first process loads this, and stays small.
"""
