"""Before a share: the preview is what the other agency then reads, and asking for it changes nothing."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.serializers.previewing import transfer_sections
from backend.core.errors import Conflict
from backend.referrals.models import Referral
from backend.referrals.previewing import question_sections, referral_sections
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import good_input, take
from tests.factories import agency_id, draft, officer, questions, referral_in, submitted, teacher
from tests.referrals.answers import complete_answers

pytestmark = pytest.mark.django_db

HANDOVER = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}


def _preview(who: Any, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    answer = browser_of(who).post(path, body, key=None)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["agencies"]
    return found


def _same(preview: list[dict[str, Any]], sections: list[dict[str, Any]], agency: str) -> None:
    [seen] = preview
    assert seen["agency"] == agency
    assert seen["sections"] == sections
    assert sum(len(section["answers"]) for section in sections) > 3


def test_sending_shows_what_the_front_door_then_reads() -> None:
    written = draft(teacher())
    body = {"version": written.version}
    preview = _preview(teacher(), f"referrals/{written.id}/submit/preview/", body)
    take("submit", written.id, teacher())
    read = browser_of(officer()).get(f"referrals/{written.id}/").json()
    _same(preview, referral_sections(read), "Front Door, Children’s Advice and Support")


def test_an_offer_shows_what_the_offered_agency_then_reads() -> None:
    held = referral_in(Referral.TRIAGE)
    given = good_input("referral", "redirect", to_agency=agency_id("youth-justice"))
    body = {**given, "version": held.version}
    preview = _preview(officer(), f"referrals/{held.id}/redirect/preview/", body)
    take("redirect", held.id, officer(), to_agency=agency_id("youth-justice"))
    read = browser_of(officer("youth-justice")).get(f"referrals/{held.id}/").json()
    _same(preview, referral_sections(read), "Youth Justice Service")


def test_a_question_shows_the_question_and_the_child_and_nothing_else() -> None:
    held = referral_in(Referral.TRIAGE)
    given = good_input("referral", "request_information", **questions("school-nursing"))
    preview = _preview(
        officer(), f"referrals/{held.id}/request-information/preview/", {**given, "version": held.version}
    )
    take("request_information", held.id, officer(), **questions("school-nursing"))
    nurse = browser_of(actor("school-nursing", Role.PRACTITIONER))
    row = nurse.get("information-requests/").json()["results"][0]
    read = nurse.get(f"information-requests/{row['id']}/").json()
    _same(preview, question_sections(read), "School Nursing and Health Visiting")
    assert complete_answers()["worried_about"][0]["text"] not in str(preview)


def test_a_transfer_shows_the_handover_that_is_then_read_and_not_the_case() -> None:
    held = referral_in(Referral.TRIAGE)
    manager = actor("front-door", Role.MANAGER)
    accepted = take("accept", held.id, officer(), lead_agency=agency_id("front-door"))
    allocated(case_of(accepted), to=manager, by=manager)
    case = case_of(accepted)
    given = good_input("case", "propose_transfer", to_agency_id=agency_id("city-early-help"))
    preview = _preview(manager, f"cases/{case.id}/propose-transfer/preview/", {**given, "version": case.version})
    take("propose_transfer", case.id, manager, noun="case", to_agency_id=agency_id("city-early-help"))
    other = browser_of(actor("city-early-help", Role.MANAGER))
    transfer = next(row for row in other.get("transfers/").json()["results"] if row["case_reference"] == case.reference)
    read = other.get(f"transfers/{transfer['id']}/").json()
    _same(preview, transfer_sections(read), "City Early Help")
    assert other.get(f"cases/{case.id}/").status_code == 404


def test_asking_another_agency_to_lead_shows_its_handover() -> None:
    held = referral_in(Referral.TRIAGE)
    given = good_input("referral", "accept", lead_agency=agency_id("city-early-help"), **HANDOVER)
    [seen] = _preview(officer(), f"referrals/{held.id}/accept/preview/", {**given, "version": held.version})
    assert seen["agency"] == "City Early Help"
    assert {"label": "What matters now", "value": "Her way home."} in seen["sections"][0]["answers"]


def test_help_within_the_own_agency_shows_nothing_to_anybody() -> None:
    held = referral_in(Referral.TRIAGE)
    given = good_input("referral", "accept", lead_agency=agency_id("front-door"))
    assert _preview(officer(), f"referrals/{held.id}/accept/preview/", {**given, "version": held.version}) == []


def test_a_preview_leaves_nothing_behind() -> None:
    held = referral_in(Referral.TRIAGE)
    given = good_input("referral", "redirect", to_agency=agency_id("youth-justice"))
    before = _counts()
    _preview(officer(), f"referrals/{held.id}/redirect/preview/", {**given, "version": held.version})
    assert _counts() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.membership', true)")
        assert cursor.fetchone() == (str(officer().membership_id),)


def _counts() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_involvement")
        involved = cursor.fetchone()[0]
    return involved, Event.objects.count(), Disclosure.objects.count()


def test_a_preview_is_refused_as_the_edge_itself_is() -> None:
    held = referral_in(Referral.TRIAGE)
    path = f"referrals/{held.id}/redirect/preview/"
    good = good_input("referral", "redirect", to_agency=agency_id("youth-justice"))
    assert browser_of(officer()).post(path, {**good, "version": held.version - 1}).status_code == 409
    assert browser_of(officer("willow-families")).post(path, {**good, "version": held.version}).status_code == 404
    assert browser_of(teacher()).post(path, {**good, "version": held.version}).status_code == 403
    own = {**good, "to_agency": agency_id("front-door"), "version": held.version}
    assert browser_of(officer()).post(path, own).status_code == 409
    assert browser_of(officer()).post(path, {"version": held.version}).status_code == 400


def test_options_say_where_a_preview_is_and_only_shares_have_one() -> None:
    held = referral_in(Referral.TRIAGE)
    options = browser_of(officer()).get(f"referrals/{held.id}/").json()["options"]
    previewed = {option["name"]: option["preview_url"] for option in options if option["preview_url"]}
    assert set(previewed) == {"redirect", "request_information", "accept", "link"}
    assert previewed["redirect"] == f"/api/v1/referrals/{held.id}/redirect/preview/"


def test_the_ledger_lists_each_share_for_who_answers_for_the_record() -> None:
    held = referral_in(Referral.TRIAGE)
    take("redirect", held.id, officer(), to_agency=agency_id("youth-justice"))
    shares = browser_of(officer()).get(f"referrals/{held.id}/sharing/").json()["results"]
    assert [(one["what"], one["to_agency"]) for one in shares] == [
        ("The referral's text, while it is offered", "Youth Justice Service"),
        ("The referral as it was sent", "Front Door, Children’s Advice and Support"),
    ]
    assert shares[0]["article6_label"] == "Public task"
    assert browser_of(teacher()).get(f"referrals/{held.id}/sharing/").status_code == 200
    assert browser_of(officer("youth-justice")).get(f"referrals/{held.id}/sharing/").status_code == 403
    assert browser_of(officer("willow-families")).get(f"referrals/{held.id}/sharing/").status_code == 404


def _led_elsewhere(given_name: str) -> Any:
    """A case that City Early Help leads, from a school's referral about this child."""
    first = take("start_triage", submitted(child_given_name=given_name).id, officer())
    first = take("accept", first.id, officer(), lead_agency=agency_id("city-early-help"), **HANDOVER)
    case, other = case_of(first), actor("city-early-help", Role.MANAGER)
    take("accept", open_transfer_of(case, other).id, other, noun="transfer")
    return case


NO_BASIS = {"article6": "", "condition": "", "power": ""}


@pytest.mark.parametrize("edge", ["link", "accept"])
def test_joining_work_of_another_agency_is_a_share_with_a_basis_and_a_line_in_the_ledger(edge: str) -> None:
    case = _led_elsewhere(f"Meredith {edge}")
    police = actor("city-police", Role.PRACTITIONER)
    second = take("start_triage", submitted(police, child_given_name=f"Meredith {edge}").id, officer())
    known = browser_of(officer()).get(f"referrals/{second.id}/likely-children/").json()["results"]
    given = {"link_to": str(case.id)}
    if edge == "accept":
        given = {"child_match": known[0]["id"], "lead_agency": agency_id("city-early-help")}
    with pytest.raises(Conflict) as refused:
        take(edge, second.id, officer(), **given, **NO_BASIS)
    assert "will read this referral" in " ".join(refused.value.reasons)
    body = {**good_input("referral", edge, **given), "version": _version(officer(), second.id)}
    [seen] = _preview(officer(), f"referrals/{second.id}/{edge}/preview/", body)
    assert (seen["agency"], seen["who"]) == ("City Early Help", "managers")
    take(edge, second.id, officer(), **given)
    with acting(officer()):
        share = Disclosure.objects.get(root_id=second.id, to_agency__slug="city-early-help")
    assert (share.what, share.article6) == ("The referral’s text", "public_task")
    read = browser_of(actor("city-early-help", Role.MANAGER)).get(f"referrals/{second.id}/").json()
    assert seen["sections"] == referral_sections(read)


def _version(who: Any, pk: UUID) -> int:
    with acting(who):
        return Referral.objects.values_list("version", flat=True).get(pk=pk)
