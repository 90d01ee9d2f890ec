"""From a draft to rows, as the person who sends it and under the row policies of the real database."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.children.models import Child
from backend.core import vocabulary
from backend.core.errors import Conflict
from backend.referrals.form.choices import BASES, choices_of
from backend.referrals.form.sections import FIELDS
from backend.referrals.intake.loading import circumstances_of, load
from backend.referrals.intake.promoting import promote
from backend.referrals.intake.receiving import receivers
from backend.referrals.models import Referral, ReferralFactor, Statement
from backend.sharing.models import Agreement, Disclosure
from tests.actors import actor
from tests.referrals.answers import complete_answers, minimal_answers, unborn_answers
from tests.referrals.drafted import drafted

pytestmark = pytest.mark.django_db


def teacher():
    return actor("oakfield-school", Role.PRACTITIONER)


def officer(nth: int = 0):
    return actor("city-police", Role.PRACTITIONER, nth=nth)


def front_door():
    return Agency.objects.get(slug="front-door")


def send(who, referral):
    """Promote and put the referral where submit puts it, through the real edge method."""
    with acting(who):
        promoted = promote(who, referral, load(who, referral))
        referral.submit(who, {"holder_id": promoted.holder_id, "child": promoted.child})
        record(who, "referral.submit", referral, root_id=referral.id, child_id=promoted.child.id)
    return promoted


def test_complete_answers_become_rows():
    who = teacher()
    referral = drafted(who, complete_answers())
    promoted = send(who, referral)
    child = Child.objects.get(pk=promoted.child.id)
    assert (child.name, child.known_as, child.postcode, child.nhs_number) == (
        "Amara Okoro", "Ama", "B99 4AB", "9990000018"
    )  # fmt: skip
    assert (child.ethnicity, child.ethnicity_said_by, child.ward) == ("african", "child", "E05011118")
    assert promoted.holder_id == front_door().id
    stored = Referral.objects.get(pk=referral.pk)
    assert (stored.state, stored.holder_id, stored.child_id) == ("submitted", front_door().id, child.id)
    assert (stored.level_believed, stored.source, stored.is_urgent, stored.voice_why_not) == (
        "additional",
        "2A",
        False,
        "",
    )
    kinds = list(Statement.objects.filter(root_id=referral.id).order_by("position").values_list("kind", flat=True))
    assert kinds[:3] == ["worried_about", "worried_about", "working_well"]
    assert kinds[3:] == ["needs_to_happen", "tried_before", "child_voice", "parent_view"]
    told = Statement.objects.get(root_id=referral.id, basis="told")
    assert (told.told_by, told.currency, told.recorded_by_id) == ("Amara", "earlier", who.user_id)
    factors = set(ReferralFactor.objects.filter(root_id=referral.id).values_list("code", "currency"))
    assert factors == {("unsafe_place", "current"), ("trusted_adult", "current"), ("victim_of_violence", "earlier")}
    agreement = Agreement.objects.get(root_id=referral.id)
    assert (agreement.informed_child, agreement.informed_parent) == (True, True)
    assert (agreement.state, agreement.agreed_by, agreement.article6) == ("given", "parent_and_child", "public_task")
    share = Disclosure.objects.get(root_id=referral.id)
    assert (share.from_agency_id, share.to_agency_id) == (who.agency_id, front_door().id)
    assert share.power == "children_act_2004_s10"
    verbs = set(Event.objects.filter(child_id=child.id).values_list("verb", flat=True))
    assert verbs >= {"child.record", "agreement.record", "referral.submit"}


def test_not_known_is_kept_as_said_and_leaves_columns_empty():
    who = teacher()
    referral = drafted(who, minimal_answers(child_sex="not_known"))
    child = send(who, referral).child
    assert (child.address, child.postcode, child.ward, child.language, child.sex) == ("", "", "", "", "")
    said = dict(Statement.objects.filter(root_id=referral.id).values_list("kind", "text"))
    assert {said[kind] for kind in ("working_well", "needs_to_happen", "parent_view")} == {"Not known"}
    assert not ReferralFactor.objects.filter(root_id=referral.id).exists()
    assert referral.source == "2A"


def test_an_unborn_child_has_a_due_date_the_national_code_for_sex_and_a_reason_for_no_voice():
    who = teacher()
    referral = drafted(who, unborn_answers())
    child = send(who, referral).child
    assert child.date_of_birth is None
    assert isinstance(child.expected_date, date)
    assert (child.sex, child.given_name, referral.voice_why_not) == ("U", "", "unborn")


def test_danger_makes_it_urgent_and_keeps_who_was_called():
    who = teacher()
    called = {"danger_called": "Emergency duty team", "danger_called_at": "2026-11-01T08:05:00Z"}
    referral = drafted(who, complete_answers(danger_now=True, danger_reference="4411", **called))
    send(who, referral)
    assert referral.is_urgent
    assert referral.danger_called == "Emergency duty team, reference 4411"
    assert referral.danger_called_at.isoformat() == "2026-11-01T08:05:00+00:00"


def test_an_agency_that_does_not_take_it_at_once_is_kept_as_preference():
    who = teacher()
    wanted = Agency.objects.get(slug="kite-street")
    referral = drafted(who, complete_answers(receiving_agency=str(wanted.id)))
    assert send(who, referral).holder_id == front_door().id
    assert referral.preferred_agency_id == wanted.id


def test_an_agency_that_receives_by_duty_holds_it():
    who = teacher()
    wanted = Agency.objects.get(slug="city-early-help")
    referral = drafted(who, complete_answers(receiving_agency=str(wanted.id)))
    assert send(who, referral).holder_id == wanted.id
    assert referral.preferred_agency_id is None


def test_incomplete_answers_are_refused_with_every_sentence_and_write_nothing():
    who = teacher()
    referral = drafted(who, minimal_answers(level_believed=None, informed=None))
    with pytest.raises(Conflict) as refused:
        send(who, referral)
    assert refused.value.code == "not_ready"
    assert "Choose the level of need you believe this is." in refused.value.reasons
    assert not Child.objects.filter(recorded_by_agency_id=who.agency_id).exists()


@pytest.mark.parametrize("second_sender", [0, 1])
def test_the_same_child_sent_twice_by_one_agency_is_answered_with_the_first(second_sender):
    first = drafted(officer(), complete_answers())
    send(officer(), first)
    again = officer(second_sender)
    second = drafted(again, complete_answers(child_given_name="AMÁRA", child_family_name="O'koro"))
    with pytest.raises(Conflict) as refused:
        send(again, second)
    assert refused.value.code == "already_open"
    assert refused.value.more["existing"]["reference"] == first.reference
    assert first.reference in refused.value.reasons[0]


def test_another_agency_or_another_child_is_always_received():
    send(teacher(), drafted(teacher(), complete_answers()))
    nurse = actor("school-nursing", Role.PRACTITIONER)
    assert send(nurse, drafted(nurse, complete_answers(share_power="children_act_2004_s11"))).child
    twin = complete_answers(child_given_name="Adaeze", child_nhs_number=None, child_upn=None)
    assert send(teacher(), drafted(teacher(), twin)).child
    for _ in range(2):
        unnamed = complete_answers(child_family_name="not_known")
        assert send(teacher(), drafted(teacher(), unnamed)).child


def test_a_child_the_sender_is_barred_from_gives_an_ordinary_receipt():
    child = send(officer(), drafted(officer(), complete_answers())).child
    colleague = officer(1)
    barred = "SELECT referral_id FROM app.sent_before(%s, %s, NULL, %s)"
    with acting(colleague), connection.cursor() as cursor:
        cursor.execute(barred, [child.name_key, child.date_of_birth, list(Referral.OPEN)])
        assert cursor.fetchone() is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('app.sent_before(text,date,date,text[])'::regprocedure)")
        assert "is_barred" in cursor.fetchone()[0]


def test_every_code_of_every_vocabulary_fits_its_column():
    who = teacher()
    lengths = {
        "child_ethnicity": Child._meta.get_field("ethnicity"),
        "child_sex": Child._meta.get_field("sex"),
        "child_language": Child._meta.get_field("language"),
        "child_ward": Child._meta.get_field("ward"),
        "agreed_by": Agreement._meta.get_field("agreed_by"),
        "agreed_how": Agreement._meta.get_field("agreed_how"),
        "informed_why_not": Agreement._meta.get_field("informed_why_not"),
        "share_article6": Agreement._meta.get_field("article6"),
        "share_condition": Agreement._meta.get_field("condition"),
        "share_power": Agreement._meta.get_field("power"),
        "level_believed": Referral._meta.get_field("level_believed"),
        "source": Referral._meta.get_field("source"),
        "voice_why_not": Referral._meta.get_field("voice_why_not"),
        "factors_current": ReferralFactor._meta.get_field("code"),
    }
    for name, column in lengths.items():
        longest = max(vocabulary.get(FIELDS[name].vocabulary).codes, key=len)
        assert len(longest) <= column.max_length, (name, longest)
    assert who


def test_every_kind_of_sender_finds_a_basis_for_every_receiver():
    partnership_id = front_door().partnership_id
    here = receivers(partnership_id)
    for agency in here.all.values():
        for chosen in (one for one in here.all.values() if one.takes_at_once):
            about = circumstances_of(agency.kind, agency.id, {"receiving_agency": str(chosen.id)}, here)
            for field in FIELDS.values():
                if field.vocabulary in BASES:
                    assert choices_of(field, about), (agency.kind, chosen.kind, field.name)


def test_receivers_come_in_one_statement(django_assert_num_queries):
    partnership_id = front_door().partnership_id
    with django_assert_num_queries(1):
        here = receivers(partnership_id)
    assert here.front_door.kind == "front_door"
    assert {one.name for one in here.all.values() if one.takes_at_once} >= {here.front_door.name}


def test_the_unique_index_speaks_when_a_child_record_is_used_twice():
    who = teacher()
    first = drafted(who, complete_answers())
    child = send(who, first).child
    second = drafted(who, complete_answers(child_given_name="Another"))
    second.submit(who, {"holder_id": who.agency_id, "child": child})
    with pytest.raises(IntegrityError, match="referral_one_open_per_child_and_agency"), acting(who):
        second.save()


def test_sending_costs_few_statements(django_assert_max_num_queries):
    who = teacher()
    referral = drafted(who, complete_answers())
    with acting(who):
        intake = load(who, referral)
        with django_assert_max_num_queries(14):
            promote(who, referral, intake)
