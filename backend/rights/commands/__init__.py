"""What writes: requests and their edges, what is done with a passage, and what the worker makes of both."""
