"""What writes critical moments: taking one in, and passing it on."""
