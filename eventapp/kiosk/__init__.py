"""A guest checks themself in: at a tablet by the entrance, or by a poster on the wall.

`tablet` is the tablet's page and `leave` the way out of it, by PIN; `poster` is what organisers
hang up and `here` the page that it leads to. Both check guests in by name with `self_check_in`,
which counts `wrong_tries`. `access` says which tablet or phone asks.
"""

from eventapp.kiosk import here, leave, poster
from eventapp.kiosk.tablet import bp

__all__ = ["bp", "here", "leave", "poster"]
