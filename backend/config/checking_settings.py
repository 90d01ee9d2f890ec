"""The settings for `make check`: the product's own, with nothing asked of the environment, and the migration linter."""

import os

os.environ.setdefault("SECRET_KEY", "read by nobody")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere")
os.environ.setdefault("OWNER_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere")

from backend.config.settings import *  # noqa: F403  (the environment must be there first)

INSTALLED_APPS += ["django_migration_linter"]  # noqa: F405
