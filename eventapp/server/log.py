"""gunicorn's own log, as JSON lines from its first line on."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from eventapp.core.logs import JsonLines


class JsonLog(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())
