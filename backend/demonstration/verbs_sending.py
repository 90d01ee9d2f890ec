"""How the people of the city begin, fill in, send, give up and amend a referral."""

from datetime import timedelta
from random import Random

from backend.core import clock
from backend.deadlines.calendar import local
from backend.demonstration import answers, material
from backend.demonstration.directory import service_for
from backend.demonstration.families import Child, written_otherwise
from backend.demonstration.stage import Scene, id_of
from backend.drafts import commands as drafts
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.sections import FORM
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.models import Referral
from backend.referrals.queries.detail import parts

# Nobody has said yet which child these are about.
_TO_COMPARE = (Referral.SUBMITTED, Referral.TRIAGE, Referral.INFORMATION_REQUESTED)
# How long before it was sent a form was begun, and its last answer saved.
_BEGUN, _FILLED = timedelta(minutes=47), timedelta(minutes=4)


def begin(scene: Scene) -> None:
    """Open a form and answer the first part of it."""
    actor = scene.becomes(scene.part("referrer"))
    scene.referral = create_draft(actor, referral_id=id_of(scene.seed, scene.contact))
    _save(scene, answers.begun(_answers(scene), scene.random))


def fill(scene: Scene) -> None:
    """Answer the rest."""
    scene.becomes(scene.part("referrer"))
    _save(scene, _answers(scene))


def send(scene: Scene) -> None:
    """Write the whole form and send it."""
    sent_at = clock.now()
    with clock.at(sent_at - _BEGUN):
        actor = scene.becomes(scene.part("referrer"))
        scene.referral = create_draft(actor, referral_id=id_of(scene.seed, scene.contact))
    with clock.at(sent_at - _FILLED):
        scene.becomes(scene.part("referrer"))
        _save(scene, _answers(scene))
    scene.refer("referrer", "submit")


def give_up(scene: Scene) -> None:
    """Give the draft up."""
    scene.refer("referrer", "withdraw")


def amend(scene: Scene) -> None:
    """Put something right after it was sent."""
    scene.becomes(scene.part("referrer"))
    referral = Referral.objects.select_related("child").get(pk=scene.referral_id)
    first, *others = answers_of(parts(referral).sent(referral, referral.about))["worried_about"]
    code, reason = scene.coded(material.texts()["amendments"])
    worries = [{**first, "text": f"{first['text']} {reason}"}, *others]
    scene.refer("referrer", "amend", answers={"worried_about": worries}, reason_code=code)


def ask_to_withdraw(scene: Scene) -> None:
    """Ask the holder to close it."""
    code, reason = scene.coded(material.texts()["ask_to_withdraw"])
    scene.refer("referrer", "ask_to_withdraw", reason_code=code, reason=reason)


def _answers(scene: Scene) -> answers.Answers:
    contact = scene.contact
    found = answers.answers_of(
        scene.story,
        _as_written(scene),
        at=contact.steps[-1].at if contact.state == "draft" else contact.steps[0].at,
        sender_kind=scene.kind(contact.referrer.agency),
        holder_kind=scene.kind(contact.holder),
        random=scene.random,
    )
    if contact.sends_to:
        agency = scene.company.agencies[contact.sends_to]
        found["receiving_agency"] = str(agency.id)
        service = service_for(
            scene.company.actors[contact.referrer], agency, scene.child.age_on(local(clock.now()).date())
        )
        found |= {"service": str(service.id)} if service else {}
    return found


def _as_written(scene: Scene) -> Child:
    """Return who the referral is about: a child referred before is written otherwise while an officer is to compare."""
    contact, contacts = scene.contact, scene.life.contacts
    if contact is not contacts[-1] or len(contacts) == 1 or contact.state not in _TO_COMPARE:
        return scene.child
    random = Random(f"{scene.seed} {contact.number} otherwise")  # noqa: S311 - made-up people, no secret
    return written_otherwise(random, scene.child, on=local(contact.steps[0].at).date())


def _save(scene: Scene, found: answers.Answers) -> None:
    actor = scene.company.actors[scene.part("referrer")]
    drafts.save(actor, scene.referral_id, {name: (value, 1) for name, value in found.items()}, form=FORM)
