"""Agreement to be helped, and what was disclosed to whom on what basis: two things that are not the same."""
