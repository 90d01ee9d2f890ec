"""What writes exports: asking for one and deleting it (asking), making it (making), taking files away (keeping)."""
