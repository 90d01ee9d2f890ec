"""Every address of the product: the API, signing in, and the web app for everything else."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from backend.config import web_app
from backend.core.api.errors import not_found
from backend.operations import health

handler400 = "backend.config.failures.bad_request"
handler403 = "backend.config.failures.forbidden"
handler404 = "backend.config.failures.not_found"
handler500 = "backend.config.failures.server_error"

api: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("", include("backend.config.docs_views")),
    path("", include("backend.access.urls")),
    path("", include("backend.presence.urls")),
    path("", include("backend.workflow.urls")),
    path("", include("backend.configuration.urls")),
    path("", include("backend.directory.urls")),
    path("", include("backend.interop.urls")),
    path("", include("backend.documents.urls")),
    path("", include("backend.cases.urls")),
    path("", include("backend.interventions.urls")),
    path("", include("backend.letters.urls")),
    path("", include("backend.referrals.urls")),
    path("", include("backend.panels.urls")),
    path("", include("backend.disagreements.urls")),
    path("", include("backend.matching.urls")),
    path("", include("backend.moments.urls")),
    path("", include("backend.voices.urls")),
    path("", include("backend.oversight.urls")),
    path("", include("backend.worklists.urls")),
    path("", include("backend.administration.urls")),
    path("", include("backend.insights.urls")),
    path("", include("backend.exports.urls")),
    path("", include("backend.rights.urls")),
    path("", include("backend.reports.urls")),
    path("", include("backend.retention.urls")),
    path("", include("backend.notifications.urls")),
    path("", include("backend.demonstration.urls")),
]

urlpatterns = [
    path("api/v1/", include((api, "api"))),
    # An address at work is given and changed by a manager: it is how a person is known.
    re_path(r"^_allauth/browser/v1/account/(?:email|phone)$", not_found),
    # Links for a password are our own: sent by the worker, kept as a hash, withdrawn by a manager (docs/adr/0066).
    re_path(r"^_allauth/browser/v1/auth/password/(?:request|reset)$", not_found),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^(?:api|_allauth|static|assets)(?:/|$)", not_found),
    re_path(r"^(?P<rest>.*)$", web_app.page, name="web-app"),
]
