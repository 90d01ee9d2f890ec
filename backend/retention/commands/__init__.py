"""What writes: days on which records become due, holds, orders, and their carrying out."""
