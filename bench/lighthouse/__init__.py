"""`python -m bench.lighthouse`: what Lighthouse says of the main pages on a telephone and slow 4G: `make lighthouse`."""
