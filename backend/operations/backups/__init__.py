"""Backups of the embedded database and of the files beside it, and the way back to any moment since the oldest one."""
