"""Days and hours: the timeline and the clock of a mandate."""
