"""What a charter allows and forbids in any case at all: its untimed state space.

`compiling` makes a `graph.Graph` of one kind of matter, `space` walks it breadth-first,
`questions`, `voting` and `exits` ask, `stories` tells the shortest path, and `report`
puts the answers together for `peyman check`. Pure: a charter and a day are all it needs.
"""
