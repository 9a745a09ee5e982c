"""Who carries at given prices: the tails of a type, or the convoys of a road; what each would rather do."""
