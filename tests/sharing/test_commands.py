"""Agreements and disclosures are written beside their record, and read with it."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from backend.access.actors import SYSTEM
from backend.access.binding import acting
from backend.audit.models import Event
from backend.core.errors import Forbidden
from backend.sharing.commands import disclose, record_agreement
from backend.sharing.models import Agreement, Disclosure
from tests.cases.conftest import BASIS, World

GIVEN = {
    "informed_child": True,
    "informed_parent": True,
    "state": Agreement.GIVEN,
    "agreed_by": "parent",
    "article6": BASIS.article6,
    "condition": BASIS.condition,
    "power": BASIS.power,
}


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_an_agreement_is_kept_with_history_and_event_and_read_with_its_record(world: World) -> None:
    case = world.allocated()
    with acting(world.worker):
        record_agreement(world.worker, root_id=case.id, child_id=case.child_id, values=GIVEN)
        kept = Agreement.objects.get(root_id=case.id)
        assert (kept.state, kept.recorded_by_name, kept.history.count()) == ("given", world.worker.name, 1)
        assert Event.objects.filter(root_id=case.id, verb="agreement.record").count() == 1
    with acting(world.stranger):
        assert not Agreement.objects.filter(root_id=case.id).exists()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"agreed_by": ""}, "agreement_given_by_somebody"),
        ({"state": "perhaps"}, "agreement_state_known"),
        ({"informed_child": False, "informed_parent": False}, "agreement_informed_or_why_not"),
    ],
)
def test_half_an_agreement_cannot_be_stored(world: World, values: dict[str, object], constraint: str) -> None:
    case = world.allocated()
    with acting(world.worker), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        record_agreement(world.worker, root_id=case.id, child_id=case.child_id, values={**GIVEN, **values})


def test_only_a_person_records_an_agreement(world: World) -> None:
    with pytest.raises(Forbidden, match=r"\.$"):
        record_agreement(SYSTEM, root_id=world.worker.user_id, child_id=None, values=GIVEN)


def test_a_disclosure_says_what_went_where_and_why_and_stays(world: World) -> None:
    case = world.allocated()
    with acting(world.worker):
        made = disclose(
            world.worker,
            root_id=case.id,
            child_id=case.child_id,
            what="Handover summary",
            from_agency_id=world.worker.agency_id,
            to_agency_id=world.stranger.agency_id,
            purpose="To decide whether to lead",
            basis=BASIS,
            opens_id=case.id,
        )
        assert [share.id for share in Disclosure.objects.filter(root_id=case.id)] == [made.id]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Disclosure.objects.filter(pk=made.id).update(what="Nothing")
