"""What a partnership decides for itself, in versions: made by one person, agreed by another, in force from a day."""
