"""Commands that copy a case: backups, and copies that show less."""
