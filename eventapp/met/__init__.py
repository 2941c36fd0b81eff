"""A guest notes whom they met. Once both noted it, they share their contact cards."""

from eventapp.met import badge, kept_scan, key, mail_page, names, network_page
from eventapp.met.views import bp

__all__ = ["badge", "bp", "kept_scan", "key", "mail_page", "names", "network_page"]
