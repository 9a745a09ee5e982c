"""Filters and tags of the templates; `peyman` is loaded into every template."""
