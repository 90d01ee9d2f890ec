"""Everything that writes referrals and questions: the two machines, what their edges do, and beginning a draft."""
