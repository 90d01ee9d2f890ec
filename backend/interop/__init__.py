"""Standards in and out: the directory of services in the format of Open Referral UK."""
