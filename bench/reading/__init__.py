"""How well unusual reading is found, in made-up years."""
