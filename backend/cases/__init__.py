"""An episode of support for one child: who leads it, who works on it, and how its lead moves to another agency."""
