"""The force as the record tells it: pledges, movements, who is on the ground."""
