"""What a guest does about somebody's conduct: block them, so that each vanishes for the other; and
report it to the organisers, who answer.
"""

from eventapp.conduct import organise_pages, report_pages, thing_pages
from eventapp.conduct.views import bp

__all__ = ["bp", "organise_pages", "report_pages", "thing_pages"]
