"""What a case comes to: standing, mandates, votes, the world as it is claimed."""
