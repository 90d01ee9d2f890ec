"""Which known children may be the one a referral is about, and saying that two records are, or are not, one child."""
