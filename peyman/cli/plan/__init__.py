"""`peyman plan`, and what it writes."""
