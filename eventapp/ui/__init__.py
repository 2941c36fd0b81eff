"""What pages share: their frame, forms, formats of times, and the pages that belong to no
feature.
"""

from eventapp.ui.views import bp

__all__ = ["bp"]
