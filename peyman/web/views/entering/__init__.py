"""What is entered: acts, reports, files, proposals, keys."""
