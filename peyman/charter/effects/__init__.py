"""What an act does once it has passed: to duties, terms and what is in force."""
