"""A guest checks themself in: at a tablet by the entrance, or by a poster on the wall."""

from eventapp.kiosk.views import bp

__all__ = ["bp"]
