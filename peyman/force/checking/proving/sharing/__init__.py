"""A few tails that share some loads out among them, reckoned together."""
