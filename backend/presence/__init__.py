"""Who has a record open just now, so that two people on one record know of each other."""
