"""From a case to its plan: who gives what, and how it gets there and home."""
