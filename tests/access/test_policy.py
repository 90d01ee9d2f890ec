"""The permission table, cell by cell: what is allowed is committed in policy.csv, and everything else is no."""

from itertools import product
from pathlib import Path

import pytest

from backend.access import policy
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.access.row_security import SCOPES, scope_rows
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core.errors import Forbidden, NotFound
from tests import golden
from tests.access.standing import somebody

REVIEWED = Path(__file__).with_name("policy.csv")
# Makes the record itself, so there is nothing yet to stand in a relation to.
NEEDS_NO_RECORD = {
    Permission.REFERRAL_CREATE,
    Permission.MOMENT_RECORD,
    Permission.EXCEPTIONS_SEE,
    # Numbers of one's own agency: tests/insights/test_flow.py.
    Permission.FIGURES_SEE_OWN,
    Permission.FIGURES_SEE_OUTCOMES,
    # How complete the records of one's own agency are: tests/insights/test_quality.py.
    Permission.QUALITY_SEE,
    # Of everybody, for whoever governs the information: tests/oversight/test_looks.py.
    Permission.LOOKS_ACROSS,
    Permission.DISCLOSURE_ACROSS,
    # The same of what was shared: tests/oversight/test_shares.py.
    Permission.DISCLOSURE_ACROSS,
    # At whatever relation opens less, and then its person's and of those who look at it: tests/oversight.
    Permission.BREAK_GLASS_OPEN,
    Permission.BREAK_GLASS_SEE,
    Permission.BREAK_GLASS_END,
    Permission.BREAK_GLASS_LOOK,
    Permission.BREAK_GLASS_DECIDE,
    # At no relation to the child, inside a request that two people opened: tests/rights/test_requests.py.
    *(one for one in Permission if one.value.startswith("subject_request.")),
    # Of one's people and of everybody, never one's own: tests/oversight/test_unusual.py.
    Permission.UNUSUAL_SEE,
    Permission.UNUSUAL_LOOK,
    Permission.UNUSUAL_DECIDE,
    # Of what their own agency wrote: tests/rights/test_rectifications.py.
    Permission.RECTIFICATION_DECIDE,
    # The page from which governance asks for a seal: tests/cases/test_asking_for_a_seal.py.
    Permission.SEAL_PROPOSE,
    # A list is its role's: tests/exports/test_rights.py.
    Permission.EXPORT_LIST,
    Permission.EXPORT_FOR_INSPECTION,
    # Numbers of the partnership that tell of no child: tests/insights/test_published.py.
    Permission.FIGURES_SEE_PUBLISHED,
    Permission.AGENCY_SEE_WORK,
    # A declaration is its person's, and their managers': tests/administration/test_conflicts_api.py.
    Permission.CONFLICT_DECLARE,
    Permission.CONFLICT_SEE,
    Permission.CONFLICT_WITHDRAW,
    Permission.CONFLICT_CONFIRM,
    Permission.CONFLICT_REFUSE,
    Permission.CONFLICT_END,
    # An administrator's work, wherever they stand; a manager's only where it is kept.
    Permission.CONFIGURATION_SEE,
    Permission.CONFIGURATION_COPY,
    Permission.CONFIGURATION_PUT_ENTRY,
    Permission.CONFIGURATION_REMOVE_ENTRY,
    Permission.CONFIGURATION_TRY_OUT,
    Permission.CONFIGURATION_PUBLISH,
    Permission.CONFIGURATION_DISCARD,
    Permission.SERVICE_SEE,
    Permission.SERVICE_ADD,
    Permission.SERVICE_IMPORT,
    Permission.SETTINGS_CHOOSE,
    # A list's address, under a name of one's own: tests/administration/test_saved_lists.py.
    Permission.SAVED_LIST_KEEP,
    # That a meeting takes place says nothing about a child.
    Permission.PANEL_SEE,
    Permission.PANEL_PLAN,
    # How long records are kept: which ones, backend/retention/queries.py says; tests/retention/test_who.py.
    Permission.RETENTION_SEE,
    Permission.HOLD_SEE,
    Permission.HOLD_PLACE,
    Permission.HOLD_RELEASE,
    Permission.DISPOSAL_PROPOSE,
    Permission.DISPOSAL_APPROVE,
    Permission.DISPOSAL_REFUSE,
    Permission.DISPOSAL_WITHDRAW,
    # What people said is tied to no record: tests/voices/test_sayings.py.
    Permission.SAYING_SEE,
    Permission.SAYING_RECORD,
}
# Who looked, told to whoever governs the information, and what was opened in emergencies: never what a record says.
ABOUT_LOOKS = {
    Permission.LOOKS_ACROSS,
    Permission.DISCLOSURE_ACROSS,
    Permission.BREAK_GLASS_SEE,
    Permission.BREAK_GLASS_DECIDE,
    Permission.UNUSUAL_SEE,
    Permission.UNUSUAL_DECIDE,
}
# Asked for by who governs the information of the agency that has the record, and done by somebody who reads it
# (tests/cases/test_asking_for_a_seal.py); of what was shared they take the ledger along (tests/exports/test_shares.py).
ABOUT_SEALS = {
    Permission.EXPORT_LIST,
    Permission.SEAL_PROPOSE,
    *(Permission(f"{noun}.{edge}") for noun in ("seal", "referral_seal") for edge in ("put", "name", "lift")),
}
# Who asked for a copy of a record: what was copied is read inside a request that two people opened (tests/rights).
ABOUT_RIGHTS = {one for one in Permission if one.value.startswith("subject_request.")}
# How long records are kept: who governs the information reads references and days, and nothing that a record says.
ABOUT_KEEPING = {
    Permission.RETENTION_SEE,
    Permission.HOLD_PLACE,
    Permission.HOLD_RELEASE,
    Permission.DISPOSAL_APPROVE,
    Permission.DISPOSAL_REFUSE,
    Permission.DISPOSAL_WITHDRAW,
}
# The directory of services: everybody reads it, and an administrator may bring it up to date from a feed. What a
# partnership decides for itself. And what somebody chooses for themselves.
ABOUT_NO_CHILD = {
    Permission.FIGURES_SEE_PUBLISHED,
    Permission.CONFIGURATION_SEE,
    Permission.CONFIGURATION_COPY,
    Permission.CONFIGURATION_PUT_ENTRY,
    Permission.CONFIGURATION_REMOVE_ENTRY,
    Permission.CONFIGURATION_TRY_OUT,
    Permission.CONFIGURATION_PUBLISH,
    Permission.CONFIGURATION_DISCARD,
    Permission.SERVICE_IMPORT,
    Permission.SERVICE_SEE,
    Permission.SETTINGS_CHOOSE,
}
# About who works in an agency, never about a child: an administrator's work.
ABOUT_PEOPLE = {
    Permission.PEOPLE_SEE,
    Permission.PEOPLE_ADD,
    Permission.PEOPLE_CHANGE,
    Permission.PEOPLE_END,
    Permission.PEOPLE_RESET_SIGN_IN,
    Permission.AGENCY_SEE,
    Permission.AGENCY_HAND_OVER,
    Permission.AGENCY_END,
    Permission.AGENCY_END_AT_ONCE,
    Permission.AGENCY_CONFIRM_END,
}


def _table() -> str:
    """Every permission and role with the relations that open it; what is not here is no."""
    lines = ["permission,role,relations"]
    for permission, role in product(Permission, Role):
        grants = [grant for grant in policy.TABLE[permission] if role in grant.roles]
        found = {relation for grant in grants for relation in grant.relations}
        relations = [relation.value for relation in Relation if relation in found]
        if any(not grant.relations for grant in grants):
            relations = ["(any)"]
        if grants:
            lines.append(f"{permission.value},{role.value},{' '.join(relations)}")
    return "\n".join([*lines, ""])


def _reviewed() -> set[tuple[str, str, str]]:
    lines = [line.split(",") for line in REVIEWED.read_text(encoding="utf-8").splitlines()[1:]]
    return {(permission, role, relation) for permission, role, relations in lines for relation in relations.split(" ")}


def test_the_table_is_the_one_people_reviewed() -> None:
    golden.compare(REVIEWED, _table())


def test_every_cell_of_role_relation_and_permission_answers_as_reviewed() -> None:
    reviewed = _reviewed()
    for permission, role, relation in product(Permission, Role, Relation):
        expected = bool({(permission, role, "(any)"), (permission, role, relation)} & reviewed)
        actor = somebody(role)
        assert policy.allows(actor, permission, {relation}) is expected, (permission, role, relation)
        if expected:
            policy.require(actor, permission, {relation})
            continue
        with pytest.raises(Forbidden) as refused:
            policy.require(actor, permission, {relation})
        assert len(refused.value.reasons[0]) > 30
        with pytest.raises(NotFound):
            policy.require(actor, permission, {relation}, visible=False)


def test_no_relation_opens_nothing() -> None:
    for permission, role in product(set(Permission) - NEEDS_NO_RECORD - ABOUT_PEOPLE, set(Role) - {Role.SYSTEM}):
        assert not policy.allows(somebody(role), permission, ())
        assert not policy.allows(somebody(role), permission, {Relation.NONE})


@pytest.mark.parametrize("role", sorted(set(Role) - set(AGENCY_ROLES) - {Role.SYSTEM}))
def test_roles_that_do_not_work_with_children_may_do_nothing_with_a_record(role: Role) -> None:
    for permission, relation in product(
        set(Permission) - ABOUT_NO_CHILD - ABOUT_PEOPLE - ABOUT_LOOKS - ABOUT_KEEPING - ABOUT_RIGHTS - ABOUT_SEALS,
        Relation,
    ):
        assert not policy.allows(somebody(role), permission, {relation}), (permission, relation)


def test_what_changes_who_works_where_asks_for_a_fresh_sign_in() -> None:
    assert ABOUT_PEOPLE - {Permission.PEOPLE_SEE, Permission.AGENCY_SEE} <= policy.NEEDS_FRESH_SIGN_IN


def test_a_manager_may_do_what_the_agencys_triage_officers_may() -> None:
    for permission, relation in product(Permission, Relation):
        if policy.allows(somebody(Role.TRIAGE_OFFICER), permission, {relation}):
            assert policy.allows(somebody(Role.MANAGER), permission, {relation}), (permission, relation)


def test_one_relation_among_several_is_enough() -> None:
    triage = somebody(Role.TRIAGE_OFFICER)
    assert policy.allows(triage, Permission.REFERRAL_ACCEPT, {Relation.REFERRER, Relation.HOLDER})
    assert not policy.allows(triage, Permission.REFERRAL_ACCEPT, {Relation.REFERRER, Relation.FORMER})


def test_every_permission_has_its_line_and_somebody_who_holds_it() -> None:
    assert set(policy.TABLE) == set(Permission)
    for permission in Permission:
        assert any(policy.holds(somebody(role), permission) for role in Role), permission


def test_an_edge_never_belongs_to_somebody_who_could_not_read_what_they_decide_on() -> None:
    """Who decides about a referral reads its text at the same relation."""
    deciding = [name for name in Permission if name.value.startswith("referral.") and name not in NEEDS_NO_RECORD]
    for permission, role, relation in product(deciding, AGENCY_ROLES, Relation):
        # Whoever disagrees decides nothing: they may read what was decided, not the reasons that the record keeps.
        reads_status = (Permission.REFERRAL_SEE_STATUS, Permission.REFERRAL_DISAGREE)
        if permission in reads_status or not policy.allows(somebody(role), permission, {relation}):
            continue
        assert policy.allows(somebody(role), Permission.REFERRAL_READ_TEXT, {relation}), (permission, role, relation)


def test_reading_the_text_implies_seeing_the_status() -> None:
    for role, relation in product(Role, Relation):
        if policy.allows(somebody(role), Permission.REFERRAL_READ_TEXT, {relation}):
            assert policy.allows(somebody(role), Permission.REFERRAL_SEE_STATUS, {relation}), (role, relation)


def test_the_databases_scope_says_what_the_table_says() -> None:
    found = {(role, relation): opens for role, relation, opens in scope_rows()}
    for role, relation in product(Role, Relation):
        actor = somebody(role)
        if role is Role.SYSTEM:
            assert (role.value, relation.value) not in found
            continue
        expected = tuple(
            any(policy.allows(actor, permission, {relation}) for permission in permissions)
            for permissions in SCOPES.values()
        )
        assert found.get((role.value, relation.value), (False,) * len(SCOPES)) == expected, (role, relation)


def test_a_refusal_names_who_can() -> None:
    accept = Permission.REFERRAL_ACCEPT
    with pytest.raises(Forbidden, match=r"^Your role, practitioner, cannot do this\. Who can: manager or"):
        policy.require(somebody(Role.PRACTITIONER), accept, {Relation.HOLDER})
    with pytest.raises(Forbidden, match=r"^You cannot do this from where you stand\. Who can: .*holds it"):
        policy.require(somebody(Role.TRIAGE_OFFICER), accept, {Relation.REFERRER})
