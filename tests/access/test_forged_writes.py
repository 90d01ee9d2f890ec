"""Logs that only grow, by raw SQL on the web login: nobody writes in another's name or where they have no part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.access.row_security import our_models, predicate, root_column
from backend.agencies.roles import Role
from backend.audit.models import AccessLog, Event
from backend.core.ids import uuid7
from backend.disagreements.models import Turn
from backend.panels.models import Attendance, Information, InformationText, PanelDecision
from backend.referrals.models import Amendment, Decision, SentAnswers, Statement, Told
from backend.reports.models import Report
from backend.sharing.models import Disclosure
from backend.voices.models import Saying
from tests.access.honest_rows import SOMEBODY_ELSE, event, honest, lies
from tests.factories import manager
from tests.world import World

pytestmark = pytest.mark.django_db

GROWING = [model for model in our_models() if getattr(model, "append_only", False)]
# Without a row policy there is nobody whom the login lets add a row: triggers of the owner's write these.
BY_TRIGGERS = [model for model in GROWING if predicate(model) is None]
# What hangs on no record: tests/reports/test_forged_reports.py.
OF_NO_RECORD = {Report}
OURS = [model for model in GROWING if predicate(model) and model not in OF_NO_RECORD]
# What the worker alone writes has no honest row of anybody's.
BY_THE_WORKER = [model for model in OURS if "INSERT" not in getattr(model, "web_grants", "INSERT")]
LIVE = [model for model in OURS if not hasattr(model, "instance_type") and model not in BY_THE_WORKER]
HISTORIES = [model for model in GROWING if hasattr(model, "instance_type")]
# Where somebody stands who may add a row; what is not here, the manager who holds the referral that moves.
PLACES: Mapping[type[models.Model], tuple[Relation, str]] = {
    Turn: (Relation.ANSWERING, "disagreement"),
    Attendance: (Relation.CHAIRING, "panel"),
    Information: (Relation.INVITED, "panel item"),
    InformationText: (Relation.INVITED, "panel item"),
    PanelDecision: (Relation.CHAIRING, "panel item"),
}
HOLDING = (Relation.HOLDER, "moving")
# What hangs on no record is an agency's own.
OF_AN_AGENCY = {Saying.history.model}


def _write(model: type[models.Model], row: Mapping[str, Any]) -> None:
    """INSERT with whatever the table asks for beside `row`; the database fills in what it has a default for."""
    filled = {field.attname: _filler(field) for field in model._meta.concrete_fields if _must_be_given(field)} | row
    names = ", ".join(f'"{name}"' for name in filled)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(filled))})",
            [
                connection.ops.adapt_json_value(value, None) if isinstance(value, dict) else value
                for value in filled.values()
            ],
        )


def _must_be_given(field: Any) -> bool:
    return not field.null and not field.has_db_default()


def _filler(field: Any) -> Any:
    if field.has_default():
        return field.get_default()
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return uuid7()
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.DateField):
        return "2026-11-23T09:30:00Z" if isinstance(field, models.DateTimeField) else "2026-11-23"
    if isinstance(field, models.BooleanField):
        return False
    return 0 if isinstance(field, models.IntegerField) else ""


def _rows_at(model: type[models.Model], root_id: UUID) -> dict[str, Any]:
    return {} if model is AccessLog else {root_column(model): root_id}


@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.__name__)
def test_an_honest_row_can_be_added_and_each_lie_about_who_wrote_it_is_refused(
    world: World, model: type[models.Model]
) -> None:
    relation, record = PLACES.get(model, HOLDING)
    who, another = world.who(relation, Role.MANAGER), world.who(Relation.OFFERED, Role.MANAGER)
    bind(who.membership_id)
    row = {**honest(model, who), **_rows_at(model, world.records[record])}
    _write(model, row)
    for name, lie in lies(model, another):
        with pytest.raises(DatabaseError, match="row-level security"):
            _write(model, {**row, name: lie})


@pytest.mark.parametrize("model", [model for model in LIVE if model is not AccessLog], ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    ("relation", "record"),
    [
        (Relation.NONE, "moving"),
        (Relation.NONE, "case"),
        (Relation.HOLDER, "moving/conflict"),
        (Relation.HOLDER, "moving/sealed"),
        (Relation.NONE, "moving child"),
        (Relation.NONE, "disagreement"),
        (Relation.ANSWERING, "disagreement/conflict"),
        (Relation.ANSWERING, "disagreement/sealed"),
    ],
)
def test_nobody_adds_to_a_record_in_which_they_have_no_part(
    world: World, model: type[models.Model], relation: Relation, record: str
) -> None:
    who = world.who(relation, Role.MANAGER)
    bind(who.membership_id)
    with pytest.raises(DatabaseError, match="row-level security"):
        _write(model, {**honest(model, who), **_rows_at(model, world.records[record])})


@pytest.mark.parametrize("model", [*BY_TRIGGERS, *BY_THE_WORKER], ids=lambda model: model.__name__)
def test_what_only_triggers_or_the_worker_write_the_login_adds_nothing_to(
    world: World, model: type[models.Model]
) -> None:
    bind(world.who(Relation.HOLDER, Role.MANAGER).membership_id)
    with pytest.raises(DatabaseError, match="permission denied"):
        _write(model, {})


@pytest.mark.parametrize("model", [*LIVE, *HISTORIES], ids=lambda model: model.__name__)
def test_nobody_adds_while_nobody_is_bound(world: World, model: type[models.Model]) -> None:
    who = world.who(Relation.HOLDER, Role.MANAGER)
    bind(None)
    row = {"history_user_id": who.user_id} if model in HISTORIES else honest(model, who)
    _, record = PLACES.get(model, HOLDING)
    with pytest.raises(DatabaseError, match="row-level security"):
        _write(model, {**row, **_rows_at(model, world.records[record])})


def test_a_refused_request_of_nobody_is_still_written_down(world: World) -> None:
    bind(None)
    _write(AccessLog, {"kind": "consultation", "label": "referral.read", "status": 401})


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model.__name__)
def test_a_row_of_history_is_added_in_ones_own_name_where_one_has_a_part(
    world: World, model: type[models.Model]
) -> None:
    who, another = world.who(Relation.HOLDER, Role.MANAGER), world.who(Relation.OFFERED, Role.MANAGER)
    bind(who.membership_id)
    own = {"agency_id": who.agency_id} if model in OF_AN_AGENCY else {}
    at = {**_rows_at(model, world.records["moving"]), **own}
    _write(model, {**at, "history_user_id": who.user_id})
    for lie in ({"history_user_id": another.user_id}, {"history_user_id": None}):
        with pytest.raises(DatabaseError, match="row-level security"):
            _write(model, {**at, **lie})
    elsewhere = world.who(Relation.NONE, Role.MANAGER)
    bind(elsewhere.membership_id)
    with pytest.raises(DatabaseError, match="row-level security"):
        _write(model, {**at, "history_user_id": elsewhere.user_id})


def test_an_agency_that_was_asked_adds_its_event_and_nothing_that_was_said(world: World) -> None:
    who = world.who(Relation.ASKED, Role.TRIAGE_OFFICER)
    bind(who.membership_id)
    at = {"root_id": world.records["moving"]}
    _write(Event, {**event(who), **at})
    for model in (Statement, SentAnswers, Amendment, Decision, Told):
        with pytest.raises(DatabaseError, match="row-level security"):
            _write(model, {**honest(model, who), **at})


def test_a_decision_in_the_first_persons_name_needs_their_open_question_about_it(world: World) -> None:
    """The second person writes it; without a question, or about another edge, that would put words in a mouth."""
    first, second = manager("youth-justice"), world.who(Relation.HOLDER, Role.MANAGER)
    assert first.user_id != second.user_id
    root = world.records["moving"]
    bind(second.membership_id)
    row = {
        **honest(Decision, second),
        "root_id": root,
        "by_id": first.user_id,
        "by_name": first.name,
        "confirmed_by_id": second.user_id,
        "confirmed_by_name": second.name,
    }
    with pytest.raises(DatabaseError, match="row-level security"):
        _write(Decision, row)
    # What waits in this world is the question whether it was entered in error.
    _write(Decision, {**row, "kind": "mark_entered_in_error"})
    lies = [("by_name", SOMEBODY_ELSE), ("by_id", second.user_id)]
    lies += [("confirmed_by_id", first.user_id), ("confirmed_by_name", SOMEBODY_ELSE), ("confirmed_by_name", "")]
    for name, lie in lies:
        with pytest.raises(DatabaseError, match="row-level security"):
            _write(Decision, {**row, "kind": "mark_entered_in_error", name: lie})


def test_what_a_worker_shares_goes_out_in_the_name_of_the_agency_that_leads(world: World) -> None:
    worker = world.who(Relation.WORKER, Role.CASE_WORKER)
    bind(worker.membership_id)
    row = {**honest(Disclosure, worker), "root_id": world.records["case"]}
    _write(Disclosure, row)
    with pytest.raises(DatabaseError, match="row-level security"):
        _write(Disclosure, {**row, "from_agency_id": world.who(Relation.NONE, Role.MANAGER).agency_id})
