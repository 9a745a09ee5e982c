"""Witnesses of the cases here, and the heads that are pushed to them."""
