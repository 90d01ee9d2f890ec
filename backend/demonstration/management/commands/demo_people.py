"""`manage.py demo_people`: who there is to sign in as."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.agencies.roles import Role
from backend.demonstration import material


class Command(BaseCommand):
    """Printed by `make run`; no addresses, because signing in takes one click."""

    help = "List the people of the demo's one-click sign-in."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a person: name, role and agency, what they do."""
        people = [person for person in material.people() if person.get("demo")]
        self.stdout.write("Sign in with one click as:")
        for person in people:
            agency = material.agencies()[person["agency"]]["name"]
            self.stdout.write(f"  {person['name']}, {Role(person['role']).label.lower()} at {agency}")
            self.stdout.write(f"      {person['what_they_do']}")
