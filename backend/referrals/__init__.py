"""A request for help about one child, from the draft to a decision everybody has been told."""
