"""The ordinary one: a model viewset of Django REST framework with a model serializer and numbered pages."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor.stock_settings")
application = get_wsgi_application()

from django.db.backends.signals import connection_created  # noqa: E402 -- settings first
from rest_framework import routers, serializers, viewsets  # noqa: E402 -- settings first

from backend.referrals.models import Referral  # noqa: E402 -- settings first
from bench.floor.rows import HOLDER, STATES  # noqa: E402 -- settings first

# It asks as the owner of the tables, whom row security does not bind.
connection_created.disconnect(dispatch_uid="backend.operations.serving_role")


class RowSerializer(serializers.ModelSerializer[Referral]):
    """One row, as `rows.ROWS` has it."""

    child_name = serializers.CharField(source="child.name", default=None)
    date_of_birth = serializers.DateField(source="child.date_of_birth", default=None)
    referrer_agency = serializers.CharField(source="referrer_agency.name")
    holder = serializers.CharField(source="holder.name")
    officer = serializers.CharField(source="triage_officer.name", default=None)
    level_of_need = serializers.CharField(source="level_believed")

    class Meta:
        model = Referral
        fields = (
            *("id", "reference", "state", "child_name", "date_of_birth", "referrer_agency", "holder", "officer"),
            *("level_of_need", "is_urgent", "created_at", "submitted_at", "next_due_at"),
        )


class Rows(viewsets.ReadOnlyModelViewSet[Any]):
    """A page of them."""

    queryset = (
        Referral.objects.filter(holder_id=os.environ[HOLDER], state__in=os.environ[STATES].split())
        .select_related("child", "referrer_agency", "holder", "triage_officer")
        .order_by("next_due_at", "id")
    )
    serializer_class = RowSerializer


_router = routers.SimpleRouter()
_router.register("rows", Rows)
urlpatterns = _router.urls
