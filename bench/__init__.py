"""What measures the product: makers of data and the work that is measured."""
