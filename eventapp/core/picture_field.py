"""A form's field for a picture: what is wrong with a file stands beside it, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask_wtf.file import FileField

from eventapp.core import pictures
from eventapp.core.errors import Refusal
from eventapp.core.forms import Message
from eventapp.core.i18n import gettext

Made = TypeVar("Made")


class PictureField(FileField):
    def __init__(self, label: Any = None, **more: Any) -> None:
        accepted = {"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}
        super().__init__(label, render_kw=accepted, **more)

    def read(self, make: Callable[[bytes], Made], *, needed: bool = True) -> Made | None:
        """What `make` makes of the uploaded file. Returns None if there is none, or if it is
        refused; the field then has the error.
        """
        if not self.data:
            if needed:
                self.say("required", gettext("Choose a picture first."))
            return None
        try:
            return make(self.data.read(pictures.BYTES_MOST + 1))
        except Refusal as no:
            self.refuse(no)
            return None

    def refuse(self, no: Refusal) -> None:
        self.say(no.code, str(no))

    def say(self, code: str, words: str) -> None:
        self.errors = [Message(code, words)]
