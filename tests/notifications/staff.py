"""Agencies and made-up people for tests of who is told: saved by the owner, as an administrator's work would be."""

from django.conf import settings
from django.db import connections
from django.test import Client

from backend.access.actors import Actor, actor_of
from backend.agencies.models import Agency, Membership, Partnership, User
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from tests.actors import membership_of
from tests.actors import signed_in as session_of

OWNER = "owner"


def partnership() -> Partnership:
    """A partnership with a front door that has nobody in it yet."""
    new = Partnership(name="Made-up Partnership", slug=str(uuid7()))
    new.save(using=OWNER)
    new.front_door = agency(new, name="Front Door")
    new.save(using=OWNER)
    return new


def agency(of: Partnership, *, name: str = "Oak School") -> Agency:
    """An agency of the partnership."""
    new = Agency(partnership=of, slug=str(uuid7()), name=name, kind="school")
    new.save(using=OWNER)
    return new


def member(
    of: Agency, role: Role = Role.TRIAGE_OFFICER, *, name: str = "Ms A. Teacher", all_email: bool = False
) -> Actor:
    """Somebody with a role in the agency."""
    key = uuid7()
    person = User(email=f"{key}@people.example", name=name, wants_email_for_all=all_email)
    person.save(using=OWNER)
    membership = Membership(user=person, agency=of, role=role)
    membership.save(using=OWNER)
    return actor_of(membership)


def leaves(actor: Actor) -> None:
    """The person's membership ends now."""
    Membership.objects.using(OWNER).filter(pk=actor.membership_id).update(ended_at=clock.now())


def rows(query: str, *values: object) -> list[tuple[object, ...]]:
    """What is really in a table, past every policy."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def signed_in(actor: Actor, client: Client) -> Client:
    """The client with a session of the actor's, in their membership."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(membership_of(actor)).session_key or ""
    return client
