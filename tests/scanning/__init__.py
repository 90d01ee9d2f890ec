"""Scanners are shown planted flaws first: one that finds none there proves nothing about the product."""
