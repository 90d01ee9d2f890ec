"""Routes of retention, under /api/v1/."""

from django.urls import path

from backend.retention.commands.holding import hold_machine
from backend.retention.commands.ordering import order_machine
from backend.retention.inputs import HOLD_INPUTS, ORDER_INPUTS
from backend.retention.serializers.holds import hold_data
from backend.retention.serializers.orders import order_data
from backend.retention.serializers.shapes import HoldShape, OrderShape
from backend.retention.views import due, holds, orders
from backend.workflow.views import transition_routes

urlpatterns = [
    path("retention/due/", due.DueChildren.as_view(), name="retention-due"),
    path("retention/records/", due.DueRecords.as_view(), name="retention-records"),
    path("retention/schedule/", due.Schedule.as_view(), name="retention-schedule"),
    path("retention/kept/<uuid:pk>/", due.Kept.as_view(), name="retention-kept"),
    path("holds/", holds.Holds.as_view(), name="holds"),
    path("holds/new/", holds.NewHold.as_view(), name="hold-form"),
    path("holds/<uuid:pk>/", holds.HoldDetail.as_view(), name="hold"),
    *transition_routes(hold_machine, HOLD_INPUTS, prefix="holds", represent=hold_data, shape=HoldShape),
    path("disposals/", orders.Orders.as_view(), name="disposals"),
    path("disposals/new/", orders.NewOrder.as_view(), name="disposal-form"),
    path("disposals/<uuid:pk>/", orders.OrderDetail.as_view(), name="disposal"),
    *transition_routes(order_machine, ORDER_INPUTS, prefix="disposals", represent=order_data, shape=OrderShape),
    path("certificates/", orders.Certificates.as_view(), name="certificates"),
    path("certificates/<uuid:pk>/pdf/", orders.CertificatePdf.as_view(), name="certificate-pdf"),
]
