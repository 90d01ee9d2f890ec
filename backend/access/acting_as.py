"""A page goes on in the role it was opened in: its requests name that, and in another role they are refused.

Changing role, or signing in as somebody else, in one window of a browser changes the session of them all.
"""

from django.http import HttpRequest

from backend.access.actors import Actor
from backend.core.errors import Conflict

HEADER = "Acting-As"
# Who asks here wants to know, or to change, who they are.
_ABOUT_THE_SESSION = ("/api/v1/session/", "/api/v1/demo/", "/_allauth/")


def changed_role(request: HttpRequest, actor: Actor | None) -> Conflict | None:
    """Return the refusal of a request from a page that was opened in another role than the session is in now."""
    named = request.headers.get(HEADER, "")
    if not named or actor is None or request.path.startswith(_ABOUT_THE_SESSION):
        return None
    if named == str(actor.membership_id):
        return None
    role = f"{actor.role.label}, {actor.agency_name}"
    return Conflict(
        f"Another window of this browser acts as {role} now. Change back there, or load this page again.",
        code="changed_role",
    )
