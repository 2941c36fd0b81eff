"""A guest notes whom they met. Once both noted it, they share their contact cards."""

from eventapp.met.views import bp

__all__ = ["bp"]
