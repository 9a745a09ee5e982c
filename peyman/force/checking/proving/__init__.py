"""What proves a bound: prices, and the cheapest that each tail can do at them."""
