"""A schedule out of an order of loads: what is free, who could fly, what goes beside."""
