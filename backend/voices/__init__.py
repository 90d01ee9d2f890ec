"""Community voice: what children, parents and communities said, tied to no record, and counted."""
