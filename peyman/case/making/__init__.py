"""Found a case, open one from a report, or build a worked one from its source."""
