"""Reads of referrals and questions: who sees which, what the rules need, the lists, and one record in full."""
