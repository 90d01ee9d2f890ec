"""Routes of interventions and sessions, under /api/v1/."""

from django.urls import path

from backend.interventions.commands import intervention_machine, session_machine
from backend.interventions.commands.groups import group_to_plan, group_under_way
from backend.interventions.commands.sessions import under_way
from backend.interventions.group_views import (
    GroupAdd,
    GroupCallOff,
    GroupMove,
    GroupRegister,
    GroupSession,
    GroupSessions,
)
from backend.interventions.queries.sessions import FORM, GROUP_FORM, PLAN_FORM, REGISTER_FORM
from backend.interventions.serializers import shapes
from backend.interventions.serializers.inputs import INTERVENTION_INPUTS
from backend.interventions.serializers.previewing import offered_reader, tied_reader
from backend.interventions.serializers.representing import intervention_data
from backend.interventions.serializers.session_inputs import (
    SESSION_INPUTS,
    AddSessionInput,
    PlanGroupInput,
    PlanSessionInput,
    RegisterAnswers,
)
from backend.interventions.serializers.sessions import session_data
from backend.interventions.session_views import (
    InterventionPlan,
    InterventionSessions,
    SessionDetail,
    SessionList,
)
from backend.interventions.views import CaseInterventions, CaseServices, InterventionDetail, InterventionList
from backend.workflow.preview_views import preview_routes
from backend.workflow.typing_views import typed_answers_view, typed_view
from backend.workflow.views import transition_routes

TypedSession = typed_view("intervention.add_session", under_way, AddSessionInput, form=FORM)
TypedPlan = typed_view("intervention.plan_session", under_way, PlanSessionInput, form=PLAN_FORM)
TypedGroup = typed_view("group_session.plan", group_to_plan, PlanGroupInput, form=GROUP_FORM)
TypedRegister = typed_answers_view("group_session.register", group_under_way, RegisterAnswers(), form=REGISTER_FORM)

urlpatterns = [
    path("cases/<uuid:pk>/interventions/", CaseInterventions.as_view(), name="case-interventions"),
    path("cases/<uuid:pk>/services/", CaseServices.as_view(), name="case-services"),
    path("interventions/", InterventionList.as_view(), name="interventions"),
    path("interventions/<uuid:pk>/", InterventionDetail.as_view(), name="intervention"),
    path("interventions/<uuid:pk>/sessions/", InterventionSessions.as_view(), name="intervention-sessions"),
    path("interventions/<uuid:pk>/sessions/draft/", TypedSession.as_view(), name="intervention-session-draft"),
    path("interventions/<uuid:pk>/plan/", InterventionPlan.as_view(), name="intervention-plan"),
    path("interventions/<uuid:pk>/plan/draft/", TypedPlan.as_view(), name="intervention-plan-draft"),
    *preview_routes(
        intervention_machine,
        INTERVENTION_INPUTS,
        {"offer": offered_reader, "tie_goals": tied_reader},
        prefix="interventions",
    ),
    *transition_routes(
        intervention_machine,
        INTERVENTION_INPUTS,
        prefix="interventions",
        represent=intervention_data,
        shape=shapes.InterventionShape,
    ),
    path("sessions/", SessionList.as_view(), name="sessions"),
    path("sessions/<uuid:pk>/", SessionDetail.as_view(), name="session-detail"),
    *transition_routes(
        session_machine,
        SESSION_INPUTS,
        prefix="sessions",
        represent=session_data,
        shape=shapes.InterventionSessionShape,
    ),
    path("group-sessions/", GroupSessions.as_view(), name="group-sessions"),
    path("group-sessions/plan/<uuid:pk>/draft/", TypedGroup.as_view(), name="group-session-plan-draft"),
    path("group-sessions/<uuid:pk>/", GroupSession.as_view(), name="group-session"),
    path("group-sessions/<uuid:pk>/move/", GroupMove.as_view(), name="group-session-move"),
    path("group-sessions/<uuid:pk>/call-off/", GroupCallOff.as_view(), name="group-session-call-off"),
    path("group-sessions/<uuid:pk>/add/", GroupAdd.as_view(), name="group-session-add"),
    path("group-sessions/<uuid:pk>/register/", GroupRegister.as_view(), name="group-session-register"),
    path("group-sessions/<uuid:pk>/register/draft/", TypedRegister.as_view(), name="group-session-register-draft"),
]
