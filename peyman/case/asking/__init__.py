"""Why something is so, and what would follow."""
