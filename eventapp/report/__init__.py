"""What became of an event, in counts, for its organisers. `figures.py` says which, and why none of
them tells what a guest answered.
"""

from eventapp.report import series_pages as series_pages
from eventapp.report.views import bp

__all__ = ["bp"]
