"""Django settings: everything that differs between machines comes from the environment."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from backend.config.browsers import PERMISSIONS_POLICY as PERMISSIONS_POLICY
from backend.config.browsers import content_security_policy
from backend.config.databases import database
from backend.config.demo_guard import is_loopback, refuse_unsafe_demo
from backend.config.logs import logging_settings
from backend.config.metrics import counted_in, shown_to
from backend.config.signing_in import *  # noqa: F403 - settings by name, each said there once
from backend.config.stores import kept_in, proof_of_the_log
from backend.operations.surroundings import VAR

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env", overwrite=False)

# --- What this process is ---------------------------------------------------------------------------------------------
DEBUG = False
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BIND = env.str("GRANIAN_HOST", default="127.0.0.1")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "backend.config.urls"
WSGI_APPLICATION = "backend.config.wsgi.application"

# --- Applications: the ladder from the ground up, then what runs it ---------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "simple_history",
    "procrastinate.contrib.django",
    "backend.core",
    "backend.agencies",
    "backend.access",
    "backend.audit",
    "backend.notifications",
    "backend.deadlines",
    "backend.drafts",
    "backend.presence",
    "backend.workflow",
    "backend.configuration",
    "backend.directory",
    "backend.children",
    "backend.voices",
    "backend.sharing",
    "backend.documents",
    "backend.disagreements",
    "backend.outcomes",
    "backend.cases",
    "backend.interventions",
    "backend.letters",
    "backend.referrals",
    "backend.panels",
    "backend.matching",
    "backend.moments",
    "backend.oversight",
    "backend.worklists",
    "backend.administration",
    "backend.insights",
    "backend.exports",
    "backend.rights",
    "backend.reports",
    "backend.retention",
    "backend.interop",
    "backend.demonstration",
    "backend.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "backend.operations.middleware.ResponseHeaders",
    "backend.operations.middleware.Packed",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backend.operations.middleware.RequestLog",
    "backend.operations.watching.requests.RequestMetrics",
    "backend.operations.watching.tracing.Traces",
    "backend.operations.middleware.EndOfPatience",
    "backend.operations.places.Admission",
    "backend.config.strict_bodies.StrictBodies",
    # Opens the transaction that everything below works in: session, actor, command, access row.
    "backend.access.transaction.BoundTransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "backend.access.binding.ActorMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# --- Databases: `default` is the restricted serving role, `owner` only exists where tables are made -------------------
POSTGRES_DIRS = [VAR / "postgres", VAR / "postgres-test"]

# No request may hang longer than eight seconds on the database; commands and the worker ask for more.
STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=8_000)
DATABASES = {"default": database(env, "DATABASE_URL", statement_timeout_ms=STATEMENT_TIMEOUT_MS)}
# A request of many statements, over a line that is slow or silent, is given up in time to say so (docs/adr/0074).
REQUEST_SECONDS = STATEMENT_TIMEOUT_MS * 7 / 8 / 1000
# How many requests a web process works on at once; 0 is no limit, where nobody says (operations/supervisor.py).
WEB_PLACES = env.int("WEB_PLACES", default=0)
if env.str("OWNER_DATABASE_URL", default=""):
    DATABASES["owner"] = database(env, "OWNER_DATABASE_URL", statement_timeout_ms=0)
# The worker's way to the login that deletes what an order says, and is good for nothing else (backend/retention).
DISPOSAL_DATABASE_URL = env.str("DISPOSAL_DATABASE_URL", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DEMO:
    refuse_unsafe_demo(bind=BIND, database_url=env.str("DATABASE_URL"), folders=POSTGRES_DIRS)

# --- Signing in -------------------------------------------------------------------------------------------------------
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_URL}/",
    "account_reset_password": f"{PUBLIC_URL}/",
    "account_reset_password_from_key": f"{PUBLIC_URL}/set-password",
    "account_signup": f"{PUBLIC_URL}/",
}

# --- Cookies and headers: plain names only where http on loopback leaves no choice ------------------------------------
PLAIN_HTTP = DEMO and is_loopback(BIND)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
SESSION_ENGINE = "backend.access.sessions"
SESSION_COOKIE_NAME = "sessionid" if PLAIN_HTTP else "__Host-sessionid"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Idle time; the absolute limit of ten hours stands in access/binding.py.
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "csrftoken" if PLAIN_HTTP else "__Host-csrftoken"
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backend.config.failures.csrf_failure"
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of our own stand before the server: whoever tries passwords or sends too much is counted by their own
# address, not by the proxy's.
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
PROXIES = env.int("PROXIES", default=1 if BEHIND_TLS_PROXY else 0)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
# A person who types the address without https is brought to it; a program that sends records without it is not helped
# to go on doing so: it gets no session, whose cookie is kept to https.
SECURE_SSL_REDIRECT = BEHIND_TLS_PROXY
SECURE_REDIRECT_EXEMPT = [r"^api/", r"^_allauth/"]
# The list of hosts that browsers never call without https is joined by whoever owns the domain, not by a program.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CONTENT_SECURITY_POLICY = content_security_policy(plain_http=PLAIN_HTTP)

# --- Documents --------------------------------------------------------------------------------------------------------
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": kept_in(env.str("DOCUMENT_FOLDER", default=str(VAR / "documents"))),
    # Lists as files, for a week each.
    "exports": kept_in(env.str("EXPORT_FOLDER", default=str(VAR / "exports"))),
}
# clamd://host:port or clamd:///path/to/socket; without one documents wait, and nobody reads them.
DOCUMENT_SCANNER = env.str("DOCUMENT_SCANNER", default="demo:" if DEMO else "")
if DOCUMENT_SCANNER.startswith("demo") and not DEMO:
    raise ImproperlyConfigured("The scanner of the demonstration knows one test file only: set DOCUMENT_SCANNER.")
# GeoJSON of the wards' boundaries for the map of needs; without one, tiles are drawn (docs/how-to).
WARDS_GEOJSON = env.str("WARDS_GEOJSON", default="")
# Legal powers to share that wait for their commencement (the flags in share_powers.csv) and are in force here by now.
POWERS_IN_FORCE = env.list("POWERS_IN_FORCE", default=[])
AUDIT_SIGNING_KEY, AUDIT_PUBLIC_KEYS, AUDIT_FOLDER = proof_of_the_log(env, VAR)

# --- API --------------------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["backend.core.api.renderer.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["backend.core.api.parser.StrictJSONParser"],
    "EXCEPTION_HANDLER": "backend.core.api.errors.exception_handler",
    "DEFAULT_PERMISSION_CLASSES": ["backend.access.authentication.SignedIn"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["backend.access.authentication.BoundSession"],
    "DEFAULT_PAGINATION_CLASS": "backend.core.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "backend.access.throttling.AnybodyHere",
        "backend.access.throttling.PersonHere",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("THROTTLE_ANONYMOUS", default="120/min"),
        "user": env.str("THROTTLE_PERSON", default="1200/min"),
        "status_link": env.str("THROTTLE_STATUS_LINK", default="20/hour"),
        "password_link": env.str("THROTTLE_PASSWORD_LINK", default="30/hour"),
        "critical_moment": env.str("THROTTLE_CRITICAL_MOMENT", default="30/hour"),
    },
    "NUM_PROXIES": PROXIES,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Alongside",
    "DESCRIPTION": "Referrals and casework about children who are being harmed, or who may harm others.",
    "VERSION": "1",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # `make check` compares the schema itself; `check --deploy` is about the machine.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

# --- Records, language and time ---------------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ, USE_I18N = True, False

# --- Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
# WhiteNoise opens files to every site unless told not to; ours are for our own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
if FRONTEND_DIST.is_dir():
    WHITENOISE_ROOT = FRONTEND_DIST
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8,}\.\w+$"

# --- Messages to people -----------------------------------------------------------------------------------------------
# EMAIL_URL=smtp+tls://user:password@host:587 sends for real; without it every message becomes a file.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Alongside <no-reply@alongside.invalid>")
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(VAR / "mail")
if env.str("EMAIL_URL", default="") and not DEMO:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

# How long a link lives by which somebody without an account sees how their referral stands (docs/adr/0023).
STATUS_LINK_DAYS = env.int("STATUS_LINK_DAYS", default=14)
# How long a link lives by which somebody new chooses a password (docs/adr/0066).
INVITATION_HOURS = env.int("INVITATION_HOURS", default=72)

# --- Metrics and traces: only where a port, or a collector, is named (docs/how-to/watch-it.md) ------------------------
METRICS_PORT, METRICS_FOLDER = counted_in(env, VAR)
METRICS_BIND, METRICS_TLS = shown_to(env)
# Where traces are sent, as the library of OpenTelemetry reads it itself; nowhere, unless it is named.
TRACES_TO = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")

# --- Logs -------------------------------------------------------------------------------------------------------------
LOGGING = logging_settings(env.str("LOG_LEVEL", default="INFO"))
