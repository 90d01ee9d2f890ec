"""Every address of the product: the API, signing in, and the web app for everything else."""

from django.urls import include, path

from backend.operations import health

handler400 = "backend.config.failures.bad_request"
handler403 = "backend.config.failures.forbidden"
handler404 = "backend.config.failures.not_found"
handler500 = "backend.config.failures.server_error"

api = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("", include("backend.access.urls")),
]

urlpatterns = [
    path("api/v1/", include((api, "api"))),
    path("_allauth/", include("allauth.headless.urls")),
]
