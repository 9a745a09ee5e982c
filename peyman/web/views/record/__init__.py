"""The record itself: its entries, its log, its file, and the door for programs."""
