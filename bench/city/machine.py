"""On what something was measured, and when."""

import os
import platform
from datetime import UTC, datetime


def machine() -> str:
    """Return the day, the machine and how busy it was, in words."""
    day, cores, load = datetime.now(tz=UTC), os.cpu_count(), os.getloadavg()[2]
    return f"{day:%-d %B %Y}, {platform.system()} {platform.machine()}, {cores} cores, load {load:.0f}"
