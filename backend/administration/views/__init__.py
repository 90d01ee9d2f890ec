"""People of one’s own agency, and what needs its manager’s attention."""
