"""Who looked at what, and who opened what in an emergency, told to those who answer for it."""
