"""A made-up next version: what a migration does to the table that people work on most."""
