"""The shapes of what is said about two records of children, and what fills them."""
