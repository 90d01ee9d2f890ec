"""The referral form as data: what is asked, in which order, and what makes an answer complete."""
