"""How the officers and managers of the city decide: agree help, link, signpost, decline, step up, and look again."""

from datetime import timedelta

from backend.children import queries as children
from backend.core import clock
from backend.demonstration import answers, material
from backend.demonstration.families import Child
from backend.demonstration.stage import Scene
from backend.directory.queries import fitting
from backend.referrals.models import Decision
from backend.referrals.queries.facts import facts
from backend.referrals.queries.looking_for import wanted_for
from backend.referrals.rules.deciding import link_targets, readers_of
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

_LEVELS = ("universal", "universal_plus", "additional", "complex")
_PRIORITIES = ("amber", "green", "green", "amber", "red")
_DECLINES = (
    "threshold_not_met",
    "already_helped",
    "family_said_no",
    "no_current_concern",
    "service_not_available",
    "outside_area",
)
_RECEIVED = (
    "Duty social worker, assessment team",
    "Sergeant on the missing persons desk",
    "Nurse in charge, children’s ward",
)
_SIGNPOSTS_TO_A_SERVICE = ("universal_service", "early_help_service", "online_or_helpline")
_PRIMARY_NEEDS = {
    "stronger_neighbourhoods": "N4",
    "protecting_people": "N1",
    "violence_reduction": "N6",
    "reducing_offending": "N6",
}
_DIFFERS = 0.15
_SOON = timedelta(minutes=20)
_MINUTES_BEFORE = timedelta(minutes=12)


def accept(scene: Scene) -> None:
    """Agree help; another agency than the holder is asked to lead."""
    texts = material.texts()
    handover = scene.random.choice(texts["handover_summaries"])
    target = scene.contact.agencies["target"]
    raw = {
        "child_match": _match(scene),
        "level_of_need": _level(scene),
        "primary_need": _PRIMARY_NEEDS[scene.story.told["theme"]],
        "theme": scene.story.told["theme"],
        "priority": "red" if scene.contact.urgent else scene.random.choice(_PRIORITIES),
        "lead_agency": scene.agency_id("target"),
        "rationale": scene.words(texts["rationales"]["accept"]),
        "outcome_text": scene.words(texts["outcome_texts"]["accept"]),
    }
    if target != scene.holder:
        raw |= {
            "what_matters": scene.fill(handover["what_matters_now"]),
            "risks": scene.fill(handover["risks"]),
            "who_to_speak_to": scene.fill(handover["who_to_speak_to"]),
            **answers.edge_basis(scene.kind(scene.holder), scene.kind(target)),
        }
    scene.refer("officer", "accept", **raw)


def link(scene: Scene) -> None:
    """Join it to the open work about the child."""
    texts = material.texts()
    actor = scene.becomes(scene.part("officer"))
    referral = scene.referral
    if referral is None:
        raise LookupError("nothing to link")
    targets = link_targets(referral, facts(referral, actor))
    known, work = facts(referral, actor), next(iter(targets))
    slugs = {agency.id: slug for slug, agency in scene.company.agencies.items()}
    readers = [slug for slug in (slugs[one] for one in readers_of(work, known)) if slug != scene.holder]
    raw = {
        **(answers.edge_basis(scene.kind(scene.holder), scene.kind(readers[0])) if readers else {}),
        "link_to": str(work),
        "rationale": scene.words(texts["rationales"]["link"]),
        "outcome_text": scene.words(texts["outcome_texts"]["link"]),
    }
    scene.refer("officer", "link", **raw)


def signpost(scene: Scene) -> None:
    """Give advice or name a service."""
    texts = material.texts()
    code, rationale = scene.coded(texts["rationales"]["signpost"])
    raw = {
        "level_of_need": _level(scene),
        "signpost_kind": code,
        "advice": scene.words(texts["advice"][code]),
        "rationale": rationale,
        "outcome_text": scene.words(texts["outcome_texts"]["signpost"]),
    }
    if code in _SIGNPOSTS_TO_A_SERVICE and scene.referral is not None:
        actor = scene.becomes(scene.part("officer"))
        found = fitting(actor, wanted_for(actor, scene.referral))
        raw |= {"service": str(found[0].id)} if found else {}
    _by_two(scene, "signpost", **raw)


def decline(scene: Scene) -> None:
    """Decline, with the reason and what would change it."""
    texts = material.texts()
    only = ("withdrawn_by_referrer",) if "ask_to_withdraw" in scene.verbs else _DECLINES
    code, rationale = scene.coded(texts["rationales"]["decline"], only=only)
    raw = {
        "level_of_need": _level(scene),
        "reason_code": code,
        "rationale": rationale,
        "what_would_change": scene.words(texts["rationales"]["what_would_change"][code]),
        "outcome_text": scene.words(texts["outcome_texts"]["decline"][code]),
    }
    _by_two(scene, "decline", **raw)


def _by_two(scene: Scene, name: str, **raw: str) -> None:
    """Take an edge that may need a second person; one agrees soon unless the shape is about just that."""
    scene.refer("officer", name, **raw)
    scene.asked_by = scene.officer
    waits = scene.contact.state == "triage" and "reopen" not in scene.verbs
    if scene.referral is not None and scene.referral.state == "triage" and not waits:
        soon = clock.now() + _SOON
        with clock.at(min(soon, scene.next_at or soon)):
            confirm(scene)


def error(scene: Scene) -> None:
    """Ask to have it struck out."""
    code, reason = scene.coded(material.texts()["rationales"]["mark_entered_in_error"])
    scene.asked_by = scene.part("second")
    scene.refer("second", "mark_entered_in_error", reason_code=code, reason=reason)


def rematch(scene: Scene) -> None:
    """Ask to have it moved to the child it is really about."""
    scene.asked_by = scene.part("second")
    scene.becomes(scene.asked_by)
    match = _match(scene)
    if match == "new":
        raise LookupError(f"nobody like {scene.child.called} is known")
    reason = "The school confirmed the date of birth: it is the child we know."
    scene.refer("second", "rematch", child_match=match, reason_code="same_child_found", reason=reason)


def confirm(scene: Scene) -> None:
    """Agree as the second person."""
    part = "other_manager" if scene.asked_by == scene.part("second") else "second"
    actor = scene.becomes(scene.part(part))
    waiting = _waiting(scene)
    given = validated(REFERRAL_INPUTS[waiting.edge], {**waiting.given, "version": 0})
    given.pop("version")
    scene.referral = confirmations.confirm(actor, waiting.id, given=given)


def second_refuses(scene: Scene) -> None:
    """Disagree as the second person."""
    actor = scene.becomes(scene.part("second"))
    _code, reason = scene.coded(material.texts()["confirmation_refusals"])
    confirmations.refuse(actor, _waiting(scene).id, reason=reason)


def second_withdrawn(scene: Scene) -> None:
    """Take the question to a second person back."""
    actor = scene.becomes(scene.part("officer"))
    confirmations.withdraw(actor, _waiting(scene).id)


def _waiting(scene: Scene) -> Confirmation:
    return Confirmation.objects.get(target_id=scene.referral_id, state=Confirmation.ASKED)


def step_up(scene: Scene) -> None:
    """Pass it to statutory services, who were rung first."""
    only = ("childrens_social_care", "childrens_social_care", "police_101", "hospital", "mental_health_crisis")
    code, rationale = scene.coded(material.texts()["rationales"]["step_up"], only=only)
    raw = {
        "destination": code,
        "told_person": scene.random.choice(_RECEIVED),
        "told_at": (clock.now() - _MINUTES_BEFORE).isoformat(),
        "statutory_reference": f"S{scene.random.randint(100_000, 999_999)}",
        "rationale": rationale,
    }
    scene.refer("officer", "step_up", **raw)


def hand_over(scene: Scene) -> None:
    """Confirm that they have it, in writing."""
    raw = {
        "received_by": scene.random.choice(_RECEIVED),
        "received_at": (clock.now() - _MINUTES_BEFORE).isoformat(),
        "follow_up_sent": True,
        "rationale": "They will see the child today or tomorrow and ring us when they have.",
        "outcome_text": scene.words(material.texts()["outcome_texts"]["step_up"]),
    }
    scene.refer("officer", "confirm_handover", **raw)


def handover_refused(scene: Scene) -> None:
    """Record that they did not take it."""
    code, reason = scene.coded(material.texts()["rationales"]["handover_refused"])
    scene.refer("officer", "handover_refused", reason_code=code, reason=reason)


def reopen(scene: Scene) -> None:
    """Look at it again."""
    code, reason = scene.coded(material.texts()["rationales"]["reopen"])
    scene.refer("second", "reopen", reason_code=code, reason=reason)


def correct(scene: Scene) -> None:
    """Put a decision right."""
    scene.becomes(scene.part("second"))
    decision = Decision.objects.filter(root_id=scene.referral_id).latest("at")
    code, reason = scene.coded(material.texts()["rationales"]["correct"])
    raw = {
        "decision": str(decision.id),
        "reason_code": code,
        "reason": reason,
        "level_of_need": scene.story.level,
        "rationale": f"{decision.rationale} {reason}",
        "outcome_text": decision.outcome_text,
    }
    scene.refer("second", "correct", **raw)


def _level(scene: Scene) -> str:
    """Return the level decided: mostly the one believed, now and then the one below."""
    place = _LEVELS.index(scene.story.level)
    return _LEVELS[max(0, place - (scene.random.random() < _DIFFERS))]


def _match(scene: Scene) -> str:
    """Return which child it is: one we know by the same name, or a new one."""
    if scene.referral is None or scene.referral.child_id is None:
        raise LookupError("there is no child yet")
    if len(scene.life.contacts) == 1:
        return "new"
    scene.becomes(scene.part("officer"))
    likely = children.likely_children(scene.referral.child_id)
    return next((str(one.id) for one in likely if _is_same(one.given_name, scene.child)), "new")


def _is_same(given_name: str, child: Child) -> bool:
    return bool(given_name) and given_name == child.given_name
