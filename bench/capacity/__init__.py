"""What a city and England need: from what a request was measured to cost, and from assumptions to change."""
