"""`manage.py invite_first`: the first manager of an agency where nobody is yet who could invite anybody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.administration.commands.inviting import begun
from backend.administration.models import PasswordLink
from backend.agencies.models import Agency, Membership, User
from backend.agencies.roles import Role

OWNER = "owner"
_LOOK_AFTER_PEOPLE = (Role.MANAGER, Role.SYSTEM_ADMINISTRATOR)


class Command(BaseCommand):
    """Run as the owner of the database; the worker sends the email."""

    help = "Invite the first manager or administrator of an agency, who adds everybody else in the app."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who, where, and as what."""
        parser.add_argument("agency", help="its short name, as in fixtures/reference")
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=[role.value for role in _LOOK_AFTER_PEOPLE], default=Role.MANAGER.value)

    @transaction.atomic(using=OWNER)
    def handle(self, *args: Any, agency: str, email: str, name: str, role: str, **options: Any) -> None:
        """Make the person and their invitation; raise CommandError where somebody is there who can invite them."""
        place = Agency.objects.using(OWNER).filter(slug=agency, ended_at=None).first()
        if place is None:
            raise CommandError(f"There is no agency called {agency}.")
        there = Membership.objects.using(OWNER).filter(
            agency=place, role__in=_LOOK_AFTER_PEOPLE, ended_at=None, user__is_active=True
        )
        if any(one.user.has_usable_password() for one in there.select_related("user")):
            raise CommandError(f"{place.name} has somebody who can add people in the app: ask them.")
        people = User.objects.db_manager(OWNER)
        user = people.filter(email=email.strip().lower()).first() or people.create_user(email, name)
        Membership.objects.using(OWNER).get_or_create(user=user, agency=place, role=role, ended_at=None)
        given = begun(user.id, "Whoever runs this installation", place.name)
        PasswordLink.objects.using(OWNER).update_or_create(user=user, is_invitation=True, defaults=given)
        self.stdout.write(f"{user.name} is invited: the worker sends the link, which works once.")
