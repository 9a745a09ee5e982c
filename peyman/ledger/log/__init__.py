"""The log over the entries: leaves, tree, tiles, the head, and proofs that anyone can check."""
