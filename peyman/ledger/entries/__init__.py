"""What an office signs: an entry, its envelope, and the rules from entry to entry."""
