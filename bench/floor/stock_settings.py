"""Settings of the ordinary one: our tables, and of Django and its REST framework only what they are when installed."""

from backend.config.settings import *  # noqa: F403 -- the product's tables, and the database the environment names

# The one that allauth, which is installed with our tables, refuses to be without.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
ROOT_URLCONF = "bench.floor.stock"
ALLOWED_HOSTS = ["127.0.0.1"]
