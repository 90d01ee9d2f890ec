"""What writes people: adding, changing, ending, and giving their cases to others."""
