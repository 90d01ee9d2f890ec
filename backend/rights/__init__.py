"""A person's rights over what is written of them: a copy of a child's record, asked for, looked through and given."""
