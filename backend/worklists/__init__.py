"""What one person has to do now, gathered from every record they work on."""
