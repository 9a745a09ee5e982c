"""What loads that wait for others, and units that keep together, add to a proof."""
