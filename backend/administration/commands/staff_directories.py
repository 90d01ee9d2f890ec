"""Signing in by the directory of one's agency: begun, answered, and tied to a person by their invitation only."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from django.core.cache import cache
from django.db.models import QuerySet

from backend.access import fetching, oidc
from backend.access.staff_directories import StaffDirectory, directory_of, staff_directories
from backend.administration.models import DirectoryIdentity, PasswordLink
from backend.administration.queries import people as queries
from backend.agencies.models import Agency, Membership, User
from backend.core import clock
from backend.core.errors import Forbidden, NotFound, Unavailable
from backend.core.tokens import hash_of
from backend.notifications.audience import Person
from backend.notifications.commands import tell

_AWAY = "We could not reach the sign-in of {agency}. Try again in a minute, or sign in with a password if you have one."
_REFUSED = "We could not sign you in with {agency}. {sentence} If it happens again, tell whoever looks after it."
_ANOTHER_TRY = "This is not the answer to a try that was begun in this browser. Start again."
_NOT_KNOWN = "Nobody here is tied to you there yet: open the link of your invitation, or ask your manager for one."
_NO_ROLE = "You have no current role in an agency. Ask your manager to add you."
_TAKEN = "You are tied to another account already. Ask your manager."
_ELSEWHERE = "You were invited by another agency than the one whose sign-in this is."
# How long somebody may take to sign in there.
LASTS_SECONDS = 15 * 60
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in, as the session of its browser keeps it."""

    begun: oidc.Begun
    # The invitation by which the person is to be tied to whom the directory vouches for.
    link_id: UUID | None = None


def begin(agency: str, token: str, callback: str) -> tuple[Try, str]:
    """Return a new try and where the browser goes; with a token, to tie its person to their directory.

    Raises NotFound for an agency without one or a token that opens nothing, Unavailable when it does not answer.
    """
    directory = directory_of(agency)
    link_id = None
    if token:
        link = queries.open_links().filter(token_hash=hash_of(token), is_invitation=True).first()
        if link is None:
            raise NotFound
        link_id = link.pk
    begun = oidc.begin(directory)
    try:
        return Try(begun, link_id), oidc.address_of(directory, begun, callback)
    except (fetching.Away, KeyError) as away:
        raise Unavailable(_AWAY.format(agency=name_of(agency))) from away


def finish(kept: Try | None, state: str, code: str, callback: str) -> tuple[User, bool]:
    """Return who has signed in, and whether their directory asked for a second factor.

    Raises Forbidden with a sentence for whatever proves nothing, Unavailable when the directory does not answer.
    """
    # In the shared cache, which a refusal does not roll back: one answer is looked at once.
    if kept is None or state != kept.begun.state or not cache.add(f"answered {state}", True, LASTS_SECONDS):
        log.warning("sign-in by a directory refused", why="state")
        raise Forbidden(_ANOTHER_TRY, code="directory_refused")
    directory = directory_of(kept.begun.agency)
    name = name_of(directory.agency)
    try:
        proved = oidc.prove(directory, kept.begun, code, callback)
    except oidc.Refused as refused:
        log.warning("sign-in by a directory refused", why=refused.why, agency=directory.agency)
        sentence = _REFUSED.format(agency=name, sentence=refused.sentence)
        raise Forbidden(sentence, code="directory_refused") from refused
    except (fetching.Away, KeyError) as away:
        raise Unavailable(_AWAY.format(agency=name)) from away
    user = _tied(directory, proved, kept.link_id) if kept.link_id else _known(proved)
    return user, proved.second_factor


def _known(proved: oidc.Proved) -> User:
    one = _identities(proved).select_related("user").first()
    if one is None:
        raise Forbidden(_NOT_KNOWN, code="directory_refused")
    acts = Membership.objects.filter(user_id=one.user_id, ended_at=None, agency__ended_at=None)
    if not one.user.is_active or not acts.exists():
        raise Forbidden(_NO_ROLE, code="directory_refused")
    return one.user


def _tied(directory: StaffDirectory, proved: oidc.Proved, link_id: UUID) -> User:
    """Tie the person of an invitation to whom the directory vouches for; the invitation is used by that."""
    link = queries.open_links().select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise Forbidden(_NOT_KNOWN, code="directory_refused")
    here = Membership.objects.filter(user_id=link.user_id, agency__slug=directory.agency, ended_at=None)
    if not here.exists():
        raise Forbidden(_ELSEWHERE, code="directory_refused")
    if _identities(proved).exclude(user_id=link.user_id).exists():
        raise Forbidden(_TAKEN, code="directory_refused")
    given = {"subject": proved.subject, "tied_at": clock.now()}
    DirectoryIdentity.objects.update_or_create(
        user_id=link.user_id, issuer=proved.issuer, tenant=proved.tenant, defaults=given
    )
    PasswordLink.objects.filter(pk=link.pk).update(used_at=clock.now())
    tell(
        event_id=None,
        root_id=None,
        audience=Person(link.user_id),
        message="sign_in_directory",
        fields={"agency": name_of(directory.agency)},
        path="/security",
        urgent=True,
    )
    return link.user


def _identities(proved: oidc.Proved) -> QuerySet[DirectoryIdentity]:
    return DirectoryIdentity.objects.filter(issuer=proved.issuer, tenant=proved.tenant, subject=proved.subject)


def offered() -> list[dict[str, str]]:
    """Return the agencies by whose directories one may sign in, by name."""
    found = Agency.objects.filter(slug__in=staff_directories(), ended_at=None).order_by("name")
    return [{"agency": one.slug, "name": one.name} for one in found]


def name_of(agency: str) -> str:
    """Return an agency's name for a sentence."""
    return Agency.objects.filter(slug=agency).values_list("name", flat=True).first() or agency
