"""The schema of the API, and a page to read and try it on."""

from csp.decorators import csp_replace
from django.urls import path
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# Swagger UI styles its elements inline and builds them from strings: allowed on this one page, which shows no records.
_RELAXED = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "require-trusted-types-for": None,
    "trusted-types": None,
}


@method_decorator(csp_replace(_RELAXED), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI, served from our own files."""


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
]
