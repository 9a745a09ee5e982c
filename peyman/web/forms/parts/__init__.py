"""What forms are made of: fields, choices, what is known, and guards against twice."""
