"""What pages share: their frame, forms, words for times, and the pages around the features."""

from eventapp.ui.views import bp

__all__ = ["bp"]
