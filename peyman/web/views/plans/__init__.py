"""The force and its plan: who gives what, how it moves, who is on the ground."""
