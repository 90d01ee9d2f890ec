"""From answers to a referral that travels: who receives it, when to stop and call, and the rows it becomes."""
