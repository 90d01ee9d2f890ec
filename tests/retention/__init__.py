"""How long records are kept, holds, and disposal."""
