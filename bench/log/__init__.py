"""What the log costs, how long it takes to check, and how well unusual reading is found in it."""
