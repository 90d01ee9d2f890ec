"""Tells the API's schema how one signs in."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # the library has no types
    """The session cookie, with the CSRF header on writes."""

    target_class = "backend.access.authentication.BoundSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The session cookie; writes also need the CSRF cookie's value in X-CSRFToken.",
        }
