"""Forms of what comes from outside: reports, files, keys, and signing in."""
