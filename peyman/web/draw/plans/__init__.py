"""The plan of a movement over time, how near it is to proven best, and whether it holds."""
