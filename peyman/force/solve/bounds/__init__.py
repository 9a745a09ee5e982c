"""What no schedule can do better than: prices, and where they come from."""
