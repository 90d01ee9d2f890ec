"""Reads of what a person has to do, and of what they find among the records they may see."""
