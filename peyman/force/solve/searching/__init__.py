"""Better schedules: other orders, and flights that are taken off and put back."""
