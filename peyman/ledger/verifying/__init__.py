"""Check a case file alone, and against what its reader trusts."""
