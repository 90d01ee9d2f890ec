"""Labels on what a referral says (access.md, Labels): POLICE, HEALTH, LOCATION, THIRD_PARTY, NOT_FOR_FAMILY."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.referrals.models import Referral
from tests.actors import actor, browser_of, membership_of
from tests.edges import good_input, take
from tests.factories import manager, officer, referral_in, teacher
from tests.referrals.labelled import CHARITY, PLAIN, SECRET, STATUTORY, intelligence, led_by, police, sent

pytestmark = pytest.mark.django_db

TABLES = ("referrals_statement", "referrals_sentanswers", "referrals_amendment")


def page(who: Actor, referral: Referral) -> dict[str, Any]:
    answered = browser_of(who).get(f"referrals/{referral.id}/")
    assert answered.status_code == 200, answered.json()
    return answered.json()


def in_the_database(who: Actor, referral: Referral) -> str:
    """All that a bare SELECT shows of what was said, whatever the product asks."""
    found = []
    with acting(who), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(said)::text FROM {table} said WHERE root_id = %s", [referral.id])
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def reads(who: Actor, referral: Referral) -> bool:
    """Whether they read the intelligence; the page and the database say the same."""
    shown = SECRET in json.dumps(page(who, referral))
    assert (SECRET in in_the_database(who, referral)) is shown
    return shown


def amend(who: Actor, referral: Referral, **given: Any) -> Any:
    version = Referral.objects.get(pk=referral.id).version
    body = {**good_input("referral", "amend", **given), "version": version}
    return browser_of(who).post(f"referrals/{referral.id}/amend/", body)


def test_intelligence_is_read_by_its_origin_and_the_front_door() -> None:
    """access.md, POLICE: front door and named statutory workers only."""
    referral = sent()
    assert reads(police(), referral)
    assert reads(actor("city-police", Role.MANAGER), referral)
    assert reads(officer(), referral)
    assert reads(manager(), referral)
    (marked,) = [one for one in page(officer(), referral)["statements"] if one["mark"]]
    assert (marked["text"], marked["mark"]) == (SECRET, "Police intelligence")


def test_an_agency_that_is_offered_it_reads_none_of_the_intelligence() -> None:
    """access.md, POLICE: never voluntary-sector agencies; and no statutory one before its worker is named."""
    for slug in (CHARITY, STATUTORY):
        referral = sent()
        take("redirect", referral.id, officer(), to_agency=str(manager(slug).agency_id))
        assert not reads(manager(slug), referral)


def test_a_charitys_worker_reads_the_referral_without_the_intelligence() -> None:
    """access.md, POLICE: never voluntary-sector agencies."""
    referral = sent()
    _case, worker = led_by(referral, CHARITY)
    assert not reads(worker, referral)
    assert not reads(manager(CHARITY), referral)
    assert PLAIN["text"] in in_the_database(worker, referral)


def test_a_named_statutory_worker_reads_it_and_their_manager_and_team_do_not() -> None:
    """access.md, POLICE: named statutory workers only."""
    referral = sent()
    _case, worker = led_by(referral, STATUTORY)
    assert reads(worker, referral)
    assert not reads(manager(STATUTORY), referral)
    team = membership_of(worker).team
    assert team is not None
    covering = [actor(STATUTORY, Role.CASE_WORKER, team=team.name, nth=nth) for nth in range(2)]
    colleague = next(one for one in covering if one != worker)
    assert not reads(colleague, referral)


def everything(who: Actor, referral: Referral) -> dict[str, str]:
    """Whatever somebody may read that has to do with a referral, with the headers that could tell."""
    case = referral.case_id
    paths = [f"referrals/{referral.id}/", f"referrals/{referral.id}/timeline/", f"referrals/{referral.id}/sharing/"]
    paths += [f"cases/{case}/", f"cases/{case}/timeline/", f"cases/{case}/safety/"]
    paths += ["referrals/", "cases/", "work/", "messages/", "transfers/", "tasks/"]
    browser = browser_of(who)
    found = {}
    for path in paths:
        answered = browser.get(path)
        headers = {name: answered.headers.get(name) for name in ("ETag", "Content-Length", "Last-Modified")}
        name = re.sub(r"[0-9a-f-]{36}", "…", path)
        found[name] = f"{answered.status_code} {headers} {json.dumps(_plain(answered.json()))}"
    return found


_BY_CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[RC]-[A-Z0-9]{3}-[A-Z0-9]{5}\b")


def _plain(value: Any) -> Any:
    """What was answered, without what chance decides: ids, references, and the order of rows of one instant.

    The instant at which the database wrote an event down is its own clock's.
    """
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name != "recorded_at"}
    if isinstance(value, list):
        return sorted((_plain(one) for one in value), key=json.dumps)
    return _BY_CHANCE.sub("#", value) if isinstance(value, str) else value


def test_nothing_tells_that_hidden_intelligence_exists() -> None:
    """access.md, POLICE: its existence is hidden. The same bytes on every page with and without it."""
    now = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    seen = []
    for labelled in (True, False):
        with clock.at(now), transaction.atomic():
            referral = sent(labelled=labelled, child_given_name="Wren", child_family_name="Mabey")
            _case, worker = led_by(referral, CHARITY)
            referral = Referral.objects.get(pk=referral.id)
            seen.append((everything(worker, referral), everything(manager(CHARITY), referral)))
            transaction.set_rollback(True)
    for one, other in zip(*seen, strict=True):
        for name in one:
            assert one[name] == other[name], name
    assert "200" in seen[0][0]["referrals/…/"]


def test_amending_what_everybody_reads_leaves_hidden_intelligence_where_it_is() -> None:
    referral = sent()
    take("redirect", referral.id, officer(), to_agency=str(manager("youth-justice").agency_id))
    take("take", referral.id, officer("youth-justice"))
    changed = {**PLAIN, "text": "She is out at night and comes home late."}
    form = browser_of(officer("youth-justice")).get(f"referrals/{referral.id}/answers/").json()
    assert form["answers"]["worried_about"] == [PLAIN]
    answered = amend(officer("youth-justice"), referral, answers={"worried_about": [changed]})
    assert answered.status_code == 200, answered.json()
    assert SECRET not in json.dumps(answered.json())
    (statement,) = [one for one in page(police(), referral)["statements"] if one["mark"]]
    assert statement["text"] == SECRET


def test_only_the_origin_may_change_what_bears_a_label_or_give_one() -> None:
    """access.md, Labels: set by the origin agency only."""
    referral = sent()
    for worries in ([PLAIN], [PLAIN, intelligence(text="Other words.")], [PLAIN, {**PLAIN, "mark": "third_party"}]):
        answered = amend(officer(), referral, answers={"worried_about": worries})
        assert answered.status_code == 400, answered.json()
        assert "Police" in answered.json()["fields"]["answers.worried_about"][0]


def test_the_origin_changes_intelligence_only_together_with_something_else() -> None:
    """access.md, POLICE: its existence is hidden, so no change may be seen of which nothing can be shown."""
    referral = sent()
    other = intelligence(text="It was Wednesday.")
    alone = amend(police(), referral, answers={"worried_about": [PLAIN, other]})
    assert (alone.status_code, alone.json()["code"]) == (409, "not_ready")
    changed = {**PLAIN, "text": "She is out most nights."}
    together = amend(police(), referral, answers={"worried_about": [changed, other]})
    assert together.status_code == 200, together.json()
    assert "It was Wednesday." in json.dumps(page(officer(), referral))
    _case, worker = led_by(referral, CHARITY)
    shown = json.dumps(page(worker, referral)) + in_the_database(worker, referral)
    assert "She is out most nights." in shown
    assert not {"It was Wednesday.", SECRET} & set(re.findall("It was Wednesday.|" + re.escape(SECRET), shown))


def test_only_the_police_may_give_that_label() -> None:
    """access.md, Labels: only labels the origin's kind may set."""
    draft = referral_in(Referral.DRAFT, by=teacher(), worried_about=[PLAIN, intelligence()])
    answered = browser_of(teacher()).post(
        f"referrals/{draft.id}/submit/", {**good_input("referral", "submit"), "version": draft.version}
    )
    assert answered.status_code in (400, 409), answered.json()
    assert Referral.objects.get(pk=draft.id).state == Referral.DRAFT


def test_a_risk_to_visitors_carries_an_alert_that_everybody_who_visits_reads() -> None:
    """access.md, POLICE: a risk to visitors must carry a disclosable alert, shown to all who visit."""
    risky = [PLAIN, intelligence(visitors_at_risk=True)]
    draft = referral_in(Referral.DRAFT, by=police(), worried_about=risky)
    shown = browser_of(police()).get(f"referrals/{draft.id}/draft/").json()
    assert "Speak to police before visiting" in json.dumps(shown)
    alert = {"staff_safety": ["speak_to_police_first"], "staff_safety_call": "0121 496 0111"}
    referral = sent(worried_about=risky, staff_safety_note=None, **alert)
    case, worker = led_by(referral, CHARITY)
    assert not reads(worker, referral)
    (warning,) = page(worker, referral)["safety"]
    assert warning["labels"] == ["Speak to police before visiting"]
    assert warning["note"].startswith("Speak to police on 0121 496 0111 before visiting.")
    assert "0121 496 0111" in json.dumps(browser_of(worker).get(f"cases/{case.id}/").json())


def test_something_that_everybody_reads_is_said_too() -> None:
    """access.md, POLICE: a referral that gives no reason at all would tell that one is hidden."""
    draft = referral_in(Referral.DRAFT, by=police(), worried_about=[intelligence()])
    shown = browser_of(police()).get(f"referrals/{draft.id}/draft/").json()
    assert "Say at least one thing that everybody who works on this may read." in json.dumps(shown)
