"""A city of any size, copied from the demo city, and what its pages cost in it: `make bench`."""
