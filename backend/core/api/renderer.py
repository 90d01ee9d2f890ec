"""Answers as JSON by orjson: UTF-8, keys in the order written, dates in ISO 8601."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """Render plain data; anything orjson does not know is a programming error, not a silent string."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the bytes of `data`; nothing for no content."""
        return b"" if data is None else orjson.dumps(data, default=str)
