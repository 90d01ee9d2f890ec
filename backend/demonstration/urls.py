"""The address of the demo city."""

from django.urls import path

from backend.demonstration.views import DemoCityView

urlpatterns = [path("demo/city/", DemoCityView.as_view(), name="demo-city")]
