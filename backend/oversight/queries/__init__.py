"""What is read of the access log, and for whom."""
