"""Who comes in, with how much, and what they may see."""
