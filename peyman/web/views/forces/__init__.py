"""The force: who gives what, what comes back filled in, where it is, who is on the ground."""
