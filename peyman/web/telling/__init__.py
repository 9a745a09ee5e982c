"""How dates, numbers and statuses are written on a page."""
