"""Routes of panels and of the items of their agenda, under /api/v1/."""

from django.urls import path

from backend.panels.commands import panel_item_machine, panel_machine
from backend.panels.planning_views import ItemPlan, ItemPlanPreview
from backend.panels.serializers import shapes
from backend.panels.serializers.inputs import PANEL_INPUTS, PANEL_ITEM_INPUTS
from backend.panels.serializers.previewing import given_readers, invited_reader
from backend.panels.serializers.representing import panel_data, panel_item_data
from backend.panels.views import (
    AgendaPreview,
    CasePanelItems,
    ItemMinutes,
    NewPanel,
    PanelAgenda,
    PanelDetail,
    PanelItemDetail,
    PanelList,
)
from backend.workflow.preview_views import preview_routes
from backend.workflow.views import transition_routes

urlpatterns = [
    path("panels/", PanelList.as_view(), name="panels"),
    path("panels/new/", NewPanel.as_view(), name="panel-form"),
    path("panels/<uuid:pk>/", PanelDetail.as_view(), name="panel"),
    path("panels/<uuid:pk>/agenda/", PanelAgenda.as_view(), name="panel-agenda"),
    path("cases/<uuid:pk>/panel-items/", CasePanelItems.as_view(), name="case-panel-items"),
    path("cases/<uuid:pk>/panel-items/preview/", AgendaPreview.as_view(), name="case-panel-items-preview"),
    path("panel-items/<uuid:pk>/", PanelItemDetail.as_view(), name="panel-item"),
    path("panel-items/<uuid:pk>/minutes/", ItemMinutes.as_view(), name="panel-item-minutes"),
    path("panel-items/<uuid:pk>/plan/", ItemPlan.as_view(), name="panel-item-plan"),
    path("panel-items/<uuid:pk>/plan/preview/", ItemPlanPreview.as_view(), name="panel-item-plan-preview"),
    *transition_routes(panel_machine, PANEL_INPUTS, prefix="panels", represent=panel_data, shape=shapes.PanelShape),
    *preview_routes(
        panel_item_machine,
        PANEL_ITEM_INPUTS,
        {"invite": invited_reader, "give_information": given_readers},
        prefix="panel-items",
    ),
    *transition_routes(
        panel_item_machine,
        PANEL_ITEM_INPUTS,
        prefix="panel-items",
        represent=panel_item_data,
        shape=shapes.PanelItemShape,
    ),
]
