"""Who looked, and break-glass."""
