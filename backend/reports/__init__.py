"""Dated reports made of published figures, and kept as they were for good."""
