"""What was sent reads as it was written: from rows, in the words and order of the form."""

from dataclasses import replace

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.referrals.form.reading import sections_for_reading
from backend.referrals.form.sections import FIELDS
from backend.referrals.intake.loading import load
from backend.referrals.intake.promoting import promote
from backend.referrals.intake.reading_back import sections_of_sent
from backend.referrals.queries.detail import parts
from tests.actors import actor
from tests.referrals.answers import complete_answers, minimal_answers, unborn_answers
from tests.referrals.drafted import drafted

pytestmark = pytest.mark.django_db

ROWS_HOLD = {name for name, field in FIELDS.items() if field.required and name != "interpreters"} | {
    "child_known_as",
    "child_nhs_number",
    "child_upn",
    "factors_earlier",
    "informed_note",
    "moment_kind",
    "source",
}
CALLED = {"danger_now": True, "danger_called": "Emergency duty team", "danger_called_at": "2026-01-05T09:30:00+00:00"}
CASES = [
    complete_answers(),
    minimal_answers(source="2A"),
    unborn_answers(source="2A"),
    complete_answers(**CALLED),
    complete_answers(child_heard=False, voice_why_not="other", voice_why_not_note="She has left school for the day."),
    complete_answers(birth="not_known", child_date_of_birth=None, child_sex="not_known"),
    complete_answers(
        informed="neither",
        informed_why_not="risk_child_harm",
        informed_note="Her uncle reads her messages.",
        agreement="not_asked",
        agreement_why_not="It was not safe to ask.",
    ),
]


def sent(who, answers, *, with_kept=True):
    """The sections of a referral as its holder reads them after it was sent; from its rows alone if so wished."""
    referral = drafted(who, answers)
    with acting(who):
        intake = load(who, referral)
        promoted = promote(who, referral, intake)
        referral.submit(who, {"holder_id": promoted.holder_id, "child": promoted.child})
        record(who, "referral.submit", referral, root_id=referral.id, child_id=promoted.child.id)
        found = parts(referral).sent(referral, promoted.child)
        return sections_of_sent(replace(found, kept=found.kept if with_kept else []), intake.receivers.names())


def by_name(sections):
    return {answer["name"]: answer["value"] for section in sections for answer in section["answers"]}


@pytest.mark.parametrize("with_kept", [True, False], ids=["as kept", "from rows"])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_rows_read_as_the_answers_did(number, with_kept):
    answers = CASES[number]
    read = sent(actor("oakfield-school", Role.PRACTITIONER), answers, with_kept=with_kept)
    written = sections_for_reading(answers, {})
    shown, wanted = by_name(read), by_name(written)
    if not with_kept:
        # Rows hold what is searched, counted or decided by; of the rest only the kept answers know.
        wanted = {name: value for name, value in wanted.items() if name in ROWS_HOLD}
    assert shown == wanted


def test_a_preference_reads_by_name_and_a_reference_beside_the_call():
    who = actor("oakfield-school", Role.PRACTITIONER)
    here = load(who, drafted(who, {})).receivers
    wanted = next(one for one in here.all.values() if one.name != here.front_door.name and not one.takes_at_once)
    answers = complete_answers(**CALLED, danger_reference="4411", receiving_agency=str(wanted.id))
    assert by_name(sent(who, {**answers, "child_given_name": "Ebele"}))["danger_reference"] == "4411"
    read = by_name(sent(who, answers, with_kept=False))
    assert read["receiving_agency"] == wanted.name
    assert read["danger_called"] == "Emergency duty team, reference 4411"


def test_a_source_left_empty_is_the_senders_own():
    assert by_name(sent(actor("city-police", Role.PRACTITIONER), minimal_answers()))["source"] == "Police"
