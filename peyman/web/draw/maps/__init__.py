"""Maps, their labels, and what moved on them."""
