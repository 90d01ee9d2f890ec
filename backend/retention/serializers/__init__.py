"""What is due, held, ordered and certified, as the API says it."""
