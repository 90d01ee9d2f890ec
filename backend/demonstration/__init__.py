"""The demo city: made-up children whose referrals were walked edge by edge, so that each screen has content."""
