"""A guest takes home contacts of people they met, and chooses what of their own card is shared."""

from eventapp.contacts import card_pages, feed_pages, file_pages, note_pages, unsure_page
from eventapp.contacts.views import bp

__all__ = ["bp", "card_pages", "feed_pages", "file_pages", "note_pages", "unsure_page"]
