"""How the people of the city plan with a family: an assessment, goals and actions, help from elsewhere, reviews."""

from datetime import date
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.cases.commands import action_machine, assessing, assessment_machine, case_machine, goal_machine
from backend.cases.commands.planning import add_action, add_goal
from backend.cases.commands.scoring import score_child
from backend.cases.commands.team import add_member
from backend.cases.models import Action, Goal
from backend.cases.serializers.assessing import ASSESSMENT_INPUTS
from backend.cases.serializers.inputs import CASE_INPUTS
from backend.cases.serializers.meeting_inputs import ChildScoreInput
from backend.cases.serializers.plan_inputs import ACTION_INPUTS, GOAL_INPUTS, ActionInput, GoalInput
from backend.cases.serializers.team import MemberInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration import answers, consents, material
from backend.demonstration.past import weigh_past
from backend.demonstration.staff import Seat
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id, on_day
from backend.outcomes.models import Score
from backend.outcomes.rules import SCALES
from backend.workflow.views import validated

_GOALS = 2
_SCALE_MOST = 10


def assess(scene: Scene) -> None:
    """Find out with the family what they need, and what is strong already."""
    actor, texts = scene.becomes(scene.part("worker")), material.texts()["assessments"]
    begun = assessing.start(actor, case_id(scene), assessment_id=uuid7())
    said = {
        name: scene.words(texts[name]) for name in ("needs", "strengths", "child_words", "family_words", "analysis")
    }
    said["factors"] = scene.random.choice(texts["factors"])
    assessing.save_answers(actor, begun.id, {name: (value, 0) for name, value in said.items()})
    scene.edge("worker", assessment_machine, "complete", begun.id, ASSESSMENT_INPUTS["complete"])
    weigh_past(scene)


def plan(scene: Scene) -> None:
    """Write goals in the family's words, ask somebody of the agency that referred to help, and agree the plan."""
    actor, texts = scene.becomes(scene.part("worker")), material.texts()["plans"]
    goals = [_goal(scene, actor, words) for words in scene.random.sample(texts["goals"], _GOALS)]
    _questionnaire(scene, actor, "baseline", worst=7)
    worker, referrer = scene.part("worker"), scene.part("referrer")
    _action(scene, actor, worker, texts["own_actions"], goal=goals[0], within=(30, 80))
    _action(scene, actor, referrer, texts["others_actions"], goal=goals[1], within=(14, 30))
    if scene.kind(referrer.agency) == "school":
        _name(scene, actor, referrer)
    _work(
        scene,
        "agree_plan",
        agreed_by="parent_and_child",
        family_view=scene.words(texts["family_views"]),
        **_next(scene),
    )


def help_with_it(scene: Scene) -> None:
    """Whoever was asked does it, and sees nothing else of the case."""
    for action in _open_actions(scene, scene.part("referrer")):
        done = scene.words(material.texts()["plans"]["done"])
        scene.edge("referrer", action_machine, "complete", action, ACTION_INPUTS["complete"], outcome=done)


def review(scene: Scene) -> None:
    """Score the goals again, finish what is late, and write down what everybody says."""
    actor, texts = scene.becomes(scene.part("worker")), material.texts()["plans"]
    for goal in _open_goals(scene):
        score = {"score": _nearer(scene, goal), "given_by": "together", "comment": scene.words(texts["comments"])}
        scene.edge("worker", goal_machine, "score", goal, GOAL_INPUTS["score"], **score)
    _finish_late_actions(scene)
    _questionnaire(scene, actor, "review", worst=5)
    _work(
        scene,
        "hold_review",
        held_on=_today().isoformat(),
        people=["child", "parent", "school"],
        child_view=scene.words(texts["child_views"]),
        family_view=scene.words(texts["family_views"]),
        conclusion="positive_change",
        what_changed=scene.words(texts["changes"]),
        **_next(scene),
    )
    consents.renew(scene, actor)


def end_goals(scene: Scene) -> None:
    """Say of each goal how it went, and finish what is open."""
    scene.becomes(scene.part("worker"))
    for goal in _open_goals(scene):
        score = _nearer(scene, goal)
        ended = {"outcome": "reached" if score >= 8 else "partly", "score": score, "given_by": "together"}
        scene.edge("worker", goal_machine, "end", goal, GOAL_INPUTS["end"], **ended)
    for action in _open_actions(scene, None):
        scene.edge("worker", action_machine, "complete", action, ACTION_INPUTS["complete"], outcome="Done.")


def _goal(scene: Scene, actor: Actor, words: str) -> UUID:
    said = scene.words(material.texts()["plans"]["comments"])
    raw = {"words": scene.fill(words), "whose": "child", "score": scene.random.randint(1, 4), "given_by": "child"}
    given = validated(GoalInput, {**raw, "comment": said, "headline": scene.random.choice(("education", "health", ""))})
    return add_goal(actor, case_id(scene), given, goal_id=uuid7()).id


def _action(scene: Scene, actor: Actor, owner: Seat, sentences: Any, *, goal: UUID, within: tuple[int, int]) -> None:
    raw = {
        "text": scene.words(sentences),
        "goal": str(goal),
        "owner": str(scene.company.actors[owner].membership_id),
        "due_on": on_day(scene, *within),
        "not_for_family": False,
        **answers.edge_basis(scene.kind(scene.part("worker").agency), scene.kind(owner.agency)),
    }
    add_action(actor, case_id(scene), validated(ActionInput, raw), action_id=uuid7())


def _name(scene: Scene, actor: Actor, partner: Seat) -> None:
    """Whoever sees the child every day is on the team around them."""
    raw = {
        "person": str(scene.company.actors[partner].membership_id),
        "part": scene.words(material.texts()["plans"]["parts"]),
        "why": "knows_child",
        **consents.edge_basis(scene, scene.kind(scene.part("worker").agency), scene.kind(partner.agency)),
    }
    add_member(actor, case_id(scene), validated(MemberInput, raw), member_id=uuid7())


def _questionnaire(scene: Scene, actor: Actor, stage: str, *, worst: int) -> None:
    """Some schools fill one in; most do not."""
    if scene.kind(scene.part("referrer").agency) != "school":
        return
    scales = {scale: scene.random.randint(1, worst) for scale in SCALES}
    scales["prosocial"] = min(_SCALE_MOST, scales["prosocial"] + 2)
    raw = {"measure": "sdq_teacher", "stage": stage, "taken_on": _today().isoformat(), **scales}
    score_child(actor, case_id(scene), validated(ChildScoreInput, raw), score_id=uuid7())


def _finish_late_actions(scene: Scene) -> None:
    late = Action.objects.filter(root_id=case_id(scene), state=Action.OPEN, due_on__lt=_today())
    for action in late.values_list("id", flat=True):
        scene.edge("worker", action_machine, "complete", action, ACTION_INPUTS["complete"], outcome="Done together.")


def _open_goals(scene: Scene) -> list[UUID]:
    goals = Goal.objects.filter(root_id=case_id(scene), state=Goal.OPEN)
    return list(goals.order_by("made_at", "id").values_list("id", flat=True))


def _open_actions(scene: Scene, owner: Seat | None) -> list[UUID]:
    actions = Action.objects.filter(root_id=case_id(scene), state=Action.OPEN)
    if owner is not None:
        actor = scene.becomes(owner)
        actions = actions.filter(owner_id=actor.user_id)
    return list(actions.values_list("id", flat=True))


def _nearer(scene: Scene, goal: UUID) -> int:
    """Most go forward by a little, and some stay where they are."""
    last = Score.objects.filter(subject_id=goal).order_by("-at").values_list("value", flat=True).first() or 0
    return min(10, last + scene.random.choice((0, 1, 2, 3)))


def _next(scene: Scene) -> dict[str, str]:
    return {
        "review_on": on_day(scene, 35, 55),
        "next_action": scene.words(material.texts()["next_actions"]),
        "next_action_on": on_day(scene, 1, 12),
    }


def _work(scene: Scene, name: str, **raw: Any) -> None:
    scene.edge("worker", case_machine, name, case_id(scene), CASE_INPUTS[name], **raw)


def _today() -> date:
    return local(clock.now()).date()
