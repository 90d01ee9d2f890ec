"""`python -m bench.lighthouse`: what Lighthouse says of the main pages, as a telephone on slow 4G."""
