"""How long somebody is taken to be at a record after their browser last said so."""

from datetime import timedelta

# Three times what the browser waits between two calls (frontend/src/lib/presence.ts): one lost call hides nobody.
LASTS = timedelta(seconds=60)
KEPT = timedelta(days=1)
