"""Critical moments: anybody may report one about a child, and the right person has it the same day."""
