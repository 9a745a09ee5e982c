"""Cases in the database: one writer, what it remembers, and what is read from them."""
