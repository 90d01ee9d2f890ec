"""What happened and who looked: events, history, the access log, and the one writer of tracked records."""
