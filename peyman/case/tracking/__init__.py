"""A plan in the record: which is in force, what happened, and the next one."""
