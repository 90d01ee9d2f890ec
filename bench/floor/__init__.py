"""`python -m bench.floor`: a list of the product beside the least and the most ordinary that could answer it."""
