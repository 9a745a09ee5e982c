"""The one door: drafts, who may enter what, and what proposals become."""
