"""Invitations and forgotten passwords: one link by email, one use, and nothing told to whoever is outside.

Source: access.md, Signing in; docs/adr/0066.
"""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.models import Session
from backend.administration.commands.sending_links import send_password_links
from backend.administration.models import PasswordLink
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.core import clock
from backend.notifications.attempts import MAX_ATTEMPTS
from backend.notifications.models import Outbox
from tests.access.second_factor import AUTH, password_only, with_app
from tests.access.signing_in import PASSWORD, a_teacher, stale, who_is_in, with_password
from tests.actors import Browser, actor, browser_of, membership_of
from tests.administration.leading import administrator, manager, worker
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEW = {"email": "new.worker@made-up.example", "name": "Mx New Worker", "role": "case_worker"}
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UNKNOWN = "a-token-that-nobody-was-ever-given-00000000"


@pytest.fixture(autouse=True)
def _no_tries_before() -> None:
    cache.clear()


def invited(who: Any = None, **given: str) -> dict[str, Any]:
    """Somebody new, as the answer to their manager has them."""
    answer = browser_of(who or manager()).post("people/", {**NEW, **given})
    assert answer.status_code == 201, answer.content
    return answer.json()


def the_mail() -> str:
    """The one email that the worker sends now."""
    mail.outbox.clear()
    with worker_login():
        assert send_password_links() == 1
        assert send_password_links() == 0, "sent once"
    [letter] = mail.outbox
    return str(letter.body)


def token_of(body: str) -> str:
    return re.findall(r"/set-password#(\S+)", body)[0]


def choose(token: str, password: str = PASSWORD, browser: Browser | None = None) -> Any:
    return (browser or Browser()).post("session/password/", {"token": token, "password": password}, key=None)


def forget(address: str, browser: Browser | None = None) -> Any:
    return (browser or Browser()).post("session/forgotten/", {"email": address}, key=None)


def act(person: dict[str, Any], what: str, who: Any = None) -> Any:
    return browser_of(who or manager()).post(f"people/{person['id']}/{what}/", {})


def logged(label: str) -> list[tuple[int, str]]:
    rows = AccessLog.objects.using("owner").filter(label=label).order_by("recorded_at", "id")
    return list(rows.values_list("status", "role"))


def told(user: User) -> list[str]:
    rows = Outbox.objects.using("owner").filter(audience={"user_id": str(user.id)}).order_by("id")
    return list(rows.values_list("message", flat=True))


# --- Invited --------------------------------------------------------------------------------------------------


def test_somebody_new_comes_in_by_the_link_of_their_invitation() -> None:
    person = invited()
    assert person["invited"].endswith("not yet signed in")
    assert (person["may_invite"], person["may_withdraw_invitation"]) == (True, True)
    body = the_mail()
    assert f"Dear {NEW['name']},\n\n{manager().name}, {manager().agency_name}, has added you" in body
    token, browser = token_of(body), Browser()
    assert token not in str(PasswordLink.objects.values()), "kept as a hash only"
    user = User.objects.get(email=NEW["email"])
    assert password_only(Browser(), user, "!").status_code == 400, "without a password there is no way in"
    done = choose(token, browser=browser)
    assert (done.status_code, done.json()["signed_in"], done.json()["needs_second_factor"]) == (200, True, True)
    assert browser.get("agencies/").json()["code"] == "second_factor"
    assert told(user) == ["role_added", "sign_in_password_first", "sign_in_device"]
    assert logged("password_link.use") == [(200, "status_link")]
    assert logged("person.add") == [(201, "manager")]
    shown = browser_of(manager()).get(f"people/{person['id']}/").json()
    assert (shown["invited"], shown["may_invite"], shown["may_withdraw_invitation"]) == ("", False, False)
    assert act(person, "invite").status_code == 409, "whoever has a password asks for another themselves"


@pytest.mark.parametrize("how", ["unknown", "used", "withdrawn", "sent again", "run out", "left"])
def test_a_link_that_opens_nothing_says_the_same_whatever_it_was(how: str) -> None:
    with clock.at(MONDAY):
        person = invited()
        token = token_of(the_mail())
    later = MONDAY + timedelta(hours=72 if how == "run out" else 71)
    with clock.at(later):
        if how == "used":
            assert choose(token).status_code == 200
        elif how == "withdrawn":
            assert act(person, "withdraw-invitation").status_code == 200
        elif how == "sent again":
            assert act(person, "invite").status_code == 200
        elif how == "left":
            assert act(person, "end").status_code == 200
        elif how == "unknown":
            token = UNKNOWN
        answer = choose(token)
        assert (answer.status_code, answer.content) == (404, choose("another").content)
        assert logged("password_link.use")[-1][0] == 404


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "at least 15 characters"),
        ("the orchard wall " * 8, "at most 128 characters"),
        ("passwordpassword", "Others would guess this"),
        ("Mx New Worker 1", "too similar"),
        ("", "Enter a password"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words_and_the_link_works_still(password: str, why: str) -> None:
    invited()
    token = token_of(the_mail())
    answer = choose(token, password)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["password"])
    assert why in " ".join(answer.json()["fields"]["password"])
    assert choose(token).status_code == 200


def test_it_is_sent_again_withdrawn_and_sent_again() -> None:
    person = invited()
    first = token_of(the_mail())
    assert act(person, "invite").status_code == 200
    second = token_of(the_mail())
    assert choose(first).status_code == 404
    gone = act(person, "withdraw-invitation")
    assert gone.json()["invited"].endswith("the invitation was withdrawn")
    assert act(person, "withdraw-invitation").status_code == 409
    assert choose(second).status_code == 404
    assert act(person, "invite").json()["invited"].endswith("not yet signed in")
    assert choose(token_of(the_mail())).status_code == 200
    assert [status for status, _role in logged("person.invite")] == [200, 200]
    assert [status for status, _role in logged("person.withdraw_invitation")] == [200, 409]


def test_two_agencies_invite_the_same_person_and_the_last_link_works() -> None:
    invited()
    the_mail()
    invited(actor("youth-justice", Role.MANAGER))
    assert "Youth Justice" in (body := the_mail())
    assert choose(token_of(body)).status_code == 200
    assert PasswordLink.objects.count() == 1


def test_who_may_not_invites_nobody_and_changes_no_invitation() -> None:
    person = invited()
    for what in ("invite", "withdraw-invitation"):
        answers = {
            "a colleague": act(person, what, worker()),
            "a manager elsewhere": act(person, what, actor("brightwater", Role.MANAGER)),
            "an administrator elsewhere": act(person, what, administrator()),
            "somebody who went for tea": stale(membership_of(manager())).post(f"people/{person['id']}/{what}/", {}),
        }
        assert [answer.status_code for answer in answers.values()] == [403, 404, 404, 401], what
    assert PasswordLink.objects.get().ended_at is None


def test_a_mailbox_that_takes_nothing_is_told_to_whoever_invited() -> None:
    with clock.at(MONDAY):
        person = invited()
    for day in range(MAX_ATTEMPTS):
        with (
            clock.at(MONDAY + timedelta(hours=8 * day)),
            worker_login(),
            patch("django.core.mail.EmailMessage.send", side_effect=OSError),
        ):
            send_password_links()
    with clock.at(MONDAY + timedelta(hours=60)):
        shown = browser_of(manager()).get(f"people/{person['id']}/").json()
        assert shown["invited"] == "Invited on 23 November 2026, but the email could not be delivered"
        assert told(membership_of(manager()).user) == ["invitation_not_sent"]


def test_the_first_manager_of_an_installation_is_invited_on_the_command_line() -> None:
    first = ("invite_first", "front-door", "First.Manager@made-up.example", "Mx First Manager")
    call_command(*first, stdout=StringIO())
    body = the_mail()
    assert "Whoever runs this installation, Front Door" in body
    assert choose(token_of(body)).status_code == 200
    row = Membership.objects.get(user__email="first.manager@made-up.example")
    assert (row.role, row.agency.slug) == (Role.MANAGER, "front-door")
    with pytest.raises(CommandError, match="has somebody who can add people"):
        call_command(*first)


# --- Forgotten ------------------------------------------------------------------------------------------------


def test_whoever_forgot_it_gets_a_link_and_still_needs_the_second_step() -> None:
    user = with_app(with_password(a_teacher()))
    theirs = browser_of(Membership.objects.filter(user=user).select_related("user", "agency", "team")[0])
    assert forget(user.email.upper()).status_code == 204
    token, browser = token_of(the_mail()), Browser()
    answer = choose(token, "lantern orchard velvet comb", browser)
    assert (answer.status_code, answer.json()["signed_in"]) == (200, False)
    assert who_is_in(browser)["signed_in"] is False
    assert theirs.get("agencies/").status_code == 401, "whoever had the password before is out"
    assert not Session.objects.filter(user=user).exists()
    first = password_only(Browser(), user, "lantern orchard velvet comb")
    [pending] = [flow["id"] for flow in first.json()["data"]["flows"] if flow.get("is_pending")]
    assert pending == "mfa_authenticate"
    assert told(user)[-1] == "sign_in_password"


def test_an_outsider_learns_nothing_by_asking() -> None:
    known = with_password(a_teacher())
    without = membership_of(worker()).user
    seen = []
    for address in (known.email, "nobody@made-up.example", without.email):
        with CaptureQueriesContext(connection) as captured:
            answer = forget(address)
        seen.append((answer.status_code, answer.content, len(captured)))
    assert seen[0] == seen[1] == seen[2] != ()
    assert seen[0][0] == 204
    assert [link.user_id for link in PasswordLink.objects.all()] == [known.id], "who has no password has none to forget"
    assert forget(known.email, browser_of(manager())).status_code == 204, "whoever is signed in there does not count"
    assert logged("password_link.ask") == [(204, "status_link")] * 4


def test_asking_often_sends_one_email_in_five_minutes() -> None:
    user = with_password(a_teacher())
    with clock.at(MONDAY):
        forget(user.email)
        token = token_of(the_mail())
    with clock.at(MONDAY + timedelta(minutes=4)):
        forget(user.email)
        assert send_nothing()
        with clock.at(MONDAY + timedelta(minutes=119)):
            assert choose(token).status_code == 200
    with clock.at(MONDAY + timedelta(minutes=125)):
        forget(user.email)
        assert choose(token).status_code == 404
        token = token_of(the_mail())
    with clock.at(MONDAY + timedelta(minutes=246)):
        assert choose(token).status_code == 404, "it lasts two hours"


def send_nothing() -> bool:
    with worker_login():
        return send_password_links() == 0


@pytest.mark.parametrize("path", ["password/request", "password/reset"])
def test_there_is_no_other_way_to_a_password(path: str) -> None:
    assert Browser().post(f"{AUTH}/{path}", {"email": a_teacher().user.email}).status_code == 404


def test_links_are_tried_so_often_and_no_more(settings: Any) -> None:
    with patch.dict("rest_framework.throttling.AnonRateThrottle.THROTTLE_RATES", {"password_link": "2/hour"}):
        assert [choose(UNKNOWN).status_code for _ in range(3)] == [404, 404, 429]
