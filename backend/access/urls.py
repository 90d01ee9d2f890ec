"""Addresses of the session and of the lists every form needs."""

from django.urls import path

from backend.access import reference_views, security_views, views

urlpatterns = [
    path("session/", views.SessionView.as_view(), name="session"),
    path("session/fresh/", views.FreshView.as_view(), name="session-fresh"),
    path("session/security/", security_views.SecurityView.as_view(), name="session-security"),
    path("session/new-app/", security_views.NewAppView.as_view(), name="session-new-app"),
    path("session/others/end/", security_views.EndSessionsView.as_view(), name="session-others-end"),
    path("demo/people/", views.DemoPeopleView.as_view(), name="demo-people"),
    path("demo/sign-in/", views.DemoSignInView.as_view(), name="demo-sign-in"),
    path("demo/confirm/", views.DemoConfirmView.as_view(), name="demo-confirm"),
    path("vocabularies/", reference_views.VocabulariesView.as_view(), name="vocabularies"),
    path("agencies/", reference_views.AgenciesView.as_view(), name="agencies"),
]
