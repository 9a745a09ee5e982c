"""Rules that bounds relax with a price for each minute: who waits, what keeps together, and whole flights."""
