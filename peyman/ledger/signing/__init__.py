"""Keys: whose they are, how they lie on a disk, and whether a signature holds."""
