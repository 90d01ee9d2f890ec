"""The directory: what agencies and other organisations offer, for whom, where, and whether there is room now."""
