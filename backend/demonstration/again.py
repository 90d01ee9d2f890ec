"""A child of the city's past whose case is closed is referred again by a manager who led it, and is to be decided."""

from random import Random

from backend.access.binding import acting
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Refusal
from backend.deadlines.calendar import local
from backend.demonstration import answers, material
from backend.demonstration.emptying import OWNER
from backend.demonstration.families import Child
from backend.demonstration.plan import Life, Plan
from backend.demonstration.staff import FRONT_DOOR
from backend.demonstration.stage import Company, id_of
from backend.drafts import commands as drafts
from backend.referrals.commands.again import create_again_draft
from backend.referrals.commands.machine import referral_machine
from backend.referrals.form.sections import FORM
from backend.referrals.models import Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow.views import validated

_MANAGER = "manager"


def refer_again(company: Company, plan: Plan) -> None:
    """Refer one again, with what has happened since; nothing where nobody's case is closed, or somebody was already."""
    if Referral.objects.using(OWNER).filter(earlier_case__isnull=False).exists():
        return
    for life in plan.lives:
        case = _closed(plan, life)
        if case is None or not life.child.born_on:
            continue
        try:
            if _refer(company, plan, life.child, case):
                return
        except Refusal:
            # What was known of this one does not go with what is said now: another is referred again.
            continue


def _closed(plan: Plan, life: Life) -> Case | None:
    """Return the case that the last referral of a life led to, if it is closed and help could begin again."""
    referral = Referral.objects.using(OWNER).filter(pk=id_of(plan.seed, life.contacts[-1])).first()
    if referral is None or referral.case_id is None:
        return None
    ended = Case.objects.using(OWNER).select_related("lead_agency").filter(state=Case.CLOSED)
    return ended.exclude(closing_reason__in=("died", Case.JOINED)).filter(pk=referral.case_id).first()


def _refer(company: Company, plan: Plan, child: Child, case: Case) -> bool:
    seats = [seat for seat in company.actors if (seat.agency, seat.role) == (case.lead_agency.slug, _MANAGER)]
    kind, age = case.lead_agency.kind, child.age_on(local(clock.now()).date())
    stories = [one for one in material.fitting(outcome="accept", kind=kind) if one.youngest <= age <= one.oldest]
    if not seats or not stories:
        return False
    who, random = company.actors[seats[0]], Random(f"{plan.seed} again")  # noqa: S311 - made-up people, no secret
    with acting(who):
        draft = create_again_draft(who, case.id)
        holder_kind = company.agencies[FRONT_DOOR].kind
        said = answers.answers_of(
            stories[0], child, at=clock.now(), sender_kind=kind, holder_kind=holder_kind, random=random
        )
        drafts.save(who, draft.id, {name: (value, 1) for name, value in said.items()}, form=FORM)
        version = Referral.objects.values_list("version", flat=True).get(pk=draft.id)
        given = validated(REFERRAL_INPUTS["submit"], {"version": version})
        given.pop("version")
        referral_machine.perform(who, "submit", draft.id, version=version, given=given, raw={})
    return True
