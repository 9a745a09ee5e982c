"""The case file: its bytes, their places, and filtered copies of it."""
