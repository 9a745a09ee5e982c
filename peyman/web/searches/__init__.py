"""Searching on for a better plan while pages are served: one search at a time, in a process of its own."""
