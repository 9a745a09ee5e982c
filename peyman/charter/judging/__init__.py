"""Judge one doing: every check of the language."""
