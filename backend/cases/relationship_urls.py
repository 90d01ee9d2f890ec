"""Routes of the people around a child, under /api/v1/."""

from django.urls import path

from backend.cases import relationship_views as views
from backend.cases.commands import relationship_machine
from backend.cases.serializers.relationship_inputs import RELATIONSHIP_INPUTS
from backend.cases.serializers.relationships import RelationshipShape, relationship_data
from backend.workflow.views import transition_routes

urlpatterns = [
    path("cases/<uuid:pk>/people/", views.CasePeople.as_view(), name="case-people"),
    path("relationships/<uuid:pk>/", views.RelationshipDetail.as_view(), name="relationship"),
    path("relationships/<uuid:pk>/take-up/", views.PersonTakenUp.as_view(), name="relationship-take-up"),
    path("relationships/<uuid:pk>/say-same/", views.SamePersonSaid.as_view(), name="relationship-say-same"),
    path(
        "relationships/<uuid:pk>/take-back-same/",
        views.SamePersonTakenBack.as_view(),
        name="relationship-take-back-same",
    ),
    *transition_routes(
        relationship_machine,
        RELATIONSHIP_INPUTS,
        prefix="relationships",
        represent=relationship_data,
        shape=RelationshipShape,
    ),
]
