"""A guest says whom they met. Where both say so, their contact cards cross."""

from eventapp.met.views import bp

__all__ = ["bp"]
