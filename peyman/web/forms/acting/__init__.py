"""Forms of what offices do: acts, ballots, and taking back."""
