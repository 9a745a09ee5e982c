"""Commands of who holds a key: make it, sign, hand in."""
