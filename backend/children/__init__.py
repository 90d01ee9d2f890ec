"""The child a record is about: one row for each time somebody wrote a child down, and which rows are the same child."""
