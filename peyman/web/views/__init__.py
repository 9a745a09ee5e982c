"""The pages: one file a group. Each reads, asks `access`, and renders; nothing is decided here."""
