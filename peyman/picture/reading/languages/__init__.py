"""What is of one language: its words, and who speaks in its sentences."""
