"""Cursor pages with a stable order and no count; a page size over 100 is refused, not silently cut."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.errors import Invalid

_STRANGE = "Start again from the first page."


class Pages(CursorPagination):
    """50 rows a page, at most 100; the order is the view's and always ends in the key."""

    page_size = 50
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering: tuple[str, ...] = ("-id",)

    def get_page_size(self, request: Request) -> int:
        """Return the size asked for; raise Invalid outside 1 to 100."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:6]) <= self.max_page_size:
            raise Invalid("Ask for 1 to 100 rows a page.", fields={"page_size": ["Ask for 1 to 100 rows a page."]})
        return int(asked)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Return the place the cursor names; raise Invalid for one that no answer of ours ever gave."""
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound as error:
            raise Invalid(_STRANGE) from error
        if cursor and "\x00" in str(cursor.position):
            raise Invalid(_STRANGE)
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        """Return `results` with the cursors of the neighbouring pages, not whole addresses."""
        return Response(
            {
                "results": data,
                "next": self._cursor(self.get_next_link()),
                "previous": self._cursor(self.get_previous_link()),
            }
        )

    def _cursor(self, link: str | None) -> str | None:
        if link is None:
            return None
        _, _, rest = link.partition("cursor=")
        return unquote(rest.partition("&")[0])

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the page to drf-spectacular."""
        cursor = {"type": "string", "nullable": True}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": cursor, "previous": cursor},
        }


class MergedPages(Pages):
    """Pages of what is read from several tables: the place of the last entry is its instant and its key."""

    def place(self, request: Request) -> tuple[datetime, UUID] | None:
        """Return where the page before ended; raise Invalid for a cursor that no answer of ours ever gave."""
        cursor = request.query_params.get(self.cursor_query_param)
        if not cursor:
            return None
        try:
            at, _, key = urlsafe_b64decode(cursor).decode("ascii").partition("|")
            return datetime.fromisoformat(at).astimezone(UTC), UUID(key)
        except (ValueError, OverflowError) as error:
            raise Invalid(_STRANGE) from error

    def answer(self, rows: Sequence[Any], last: tuple[datetime, UUID] | None) -> Response:
        """Return a page; `last` is the place of its last entry where more follow."""
        following = urlsafe_b64encode(f"{last[0].isoformat()}|{last[1]}".encode()).decode() if last else None
        return Response({"results": rows, "next": following, "previous": None})


class OwnOrder(Pages):
    """The order that the chosen list's own query has."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return it: what is to be answered by its clock, the others the latest first."""
        return tuple(str(name) for name in queryset.query.order_by)
