"""Strength, lift, and the plan of a movement over time."""
