"""How allauth treats accounts here: managers make them, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up is closed; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody can make an account for themselves."""
        return False
