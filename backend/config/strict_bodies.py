"""The addresses of signing in read what is sent as strictly as the API does; allauth's own reader is content with less.

It answers 500 to what is nested deeply, and takes the last of two equal keys.
"""

import io
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from backend.core.api.errors import refusal_response
from backend.core.api.parser import MAX_BYTES, StrictJSONParser
from backend.core.errors import Refusal, TooLarge, UnsupportedType

_READ_BY_ALLAUTH = "/_allauth/"
Answer = Callable[[HttpRequest], HttpResponseBase]


class StrictBodies:
    """Stands before the transaction: what is refused here costs the database nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a body that no page of ours would send, in the API's words; let every other through as it came."""
        if request.path.startswith(_READ_BY_ALLAUTH):
            try:
                _check(request)
            except Refusal as refusal:
                return refusal_response(refusal)
        return self.get_response(request)


def _check(request: HttpRequest) -> None:
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise _too_large() from error
    if len(body) > MAX_BYTES:
        raise _too_large()
    if not body:
        return
    if request.content_type != StrictJSONParser.media_type:
        raise UnsupportedType("Send the request as JSON in UTF-8.")
    StrictJSONParser().parse(io.BytesIO(body), request.headers.get("Content-Type"))


def _too_large() -> TooLarge:
    return TooLarge("That is more than we can take in one go. Shorten it and send it again.")
