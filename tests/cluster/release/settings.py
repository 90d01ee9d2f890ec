"""The product's settings with the made-up version beside it; only its migrations are run."""

from backend.config.settings import *  # noqa: F403 - all of them

INSTALLED_APPS += ["tests.cluster.release"]  # noqa: F405 - from the product's settings
