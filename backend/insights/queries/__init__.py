"""What is counted, and the records behind each number."""
